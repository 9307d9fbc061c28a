using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>A small data set and then a larger one: the accuracy on both after each step. Immutable.</summary>
internal sealed record StepsSection(IReadOnlyList<FineTuningStep> Steps) : IReportSection
{
    public string Title => "Small set, then larger set";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "The classifier was trained on the small set, then tuned on the larger one. After each step, it was "
            + "evaluated on the validation images of both.");
        html.OpenTable(
            "Accuracy after each step, with its 95\u00A0% interval", "Trained on", "Images", "On the small set", "On the larger set");
        foreach (FineTuningStep step in Steps)
        {
            html.Open("tr").Element("th", DataName.Of(step.Data), ("scope", "row")).Element("td", Figure.Count(step.TrainImages));
            html.ShareCell(step.Metrics.Accuracy, Figure.Accuracy(step.Metrics));
            ClassificationMetrics larger = step.MetricsOnLarger!;
            html.ShareCell(larger.Accuracy, Figure.Accuracy(larger)).Close();
        }

        html.CloseTable();
    }
}
