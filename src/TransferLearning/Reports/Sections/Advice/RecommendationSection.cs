using TransferLearning.Advice;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Advice;

/// <summary>The recommended network and strategy, the reasons, and what to type. Immutable.</summary>
/// <param name="Result">The advice.</param>
/// <param name="Commands">The commands to type; empty where they are not known.</param>
internal sealed record RecommendationSection(AdviceResult Result, IReadOnlyList<string> Commands) : IReportSection
{
    public string Title => "Recommendation";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Open("div", ("class", "verdict")).Open("div").Element("h3", "Network");
        html.Element("p", Result.Recommended is { } recommended
            ? $"{recommended.Backbone.Name}: {Figure.Accuracy(recommended.Accuracy, recommended.AccuracyInterval, Result.Images)}."
            : "None is within the limits that were given.");
        html.Close().Open("div").Element("h3", "Strategy").Element("p", Result.Recommended is null ? "None." : Strategy()).Close();
        html.Open("div", ("class", "next")).Element("h3", "What next").Open("ol");
        foreach (string command in Commands)
        {
            html.Open("li").Command(command).Close();
        }

        html.Close().Open("ul", ("class", "notes"));
        foreach (string reason in Result.Evidence)
        {
            html.Element("li", reason);
        }

        html.Close();
        WriteWarnings(html);
        html.Close().Close().Line();
    }

    private string Strategy() => Result.Strategy switch
    {
        RecommendedStrategy.FineTuning => "Fine-tuning: TransferPipeline.FineTune.",
        RecommendedStrategy.CrossValidation => "Cross-validation: TransferPipeline.CrossValidate.",
        RecommendedStrategy.ParallelTraining => "Parallel training: TransferPipeline.ParallelTrain.",
        RecommendedStrategy.PreTraining => "Pre-training: TransferPipeline.PreTrain.",
        var other => throw new NotSupportedException($"the strategy {other} has no text"),
    };

    private void WriteWarnings(HtmlWriter html)
    {
        if (Result.Warnings.Count == 0)
        {
            return;
        }

        html.Open("ul", ("class", "notes"));
        foreach (string warning in Result.Warnings)
        {
            html.Open("li").Element("span", "Note: ", ("class", "bad")).Text(warning).Close();
        }

        html.Close();
    }
}
