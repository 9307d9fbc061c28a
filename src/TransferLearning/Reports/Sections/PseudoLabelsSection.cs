using TransferLearning.PseudoLabeling;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections;

/// <summary>What the first model made of the larger set. Immutable.</summary>
internal sealed record PseudoLabelsSection(ParallelTrainingResult Result) : IReportSection
{
    public string Title => "Pseudo-labels";

    public void Write(HtmlWriter html, ReportRun run)
    {
        int used = Result.PseudoLabels.Count(l => l.Used);
        html.Element("p", $"The small set's model labeled {Figure.Of(Result.PseudoLabels.Count, "image", "images")} of the larger "
            + $"set; the {Figure.Count(used)} that it was sure enough of, and whose class was not too frequent, were learned from.");
        if (Result.PseudoLabelQuality is { } quality)
        {
            KeyFigures.Write(
                html,
                [
                    new KeyFigure(
                        "Right",
                        Figure.Percent(quality.Accuracy),
                        $"Of {Figure.Of(quality.Images, "image", "images")} whose label is known."),
                    new KeyFigure("Learned from", Figure.Percent(quality.Coverage), "The share of those images that was sure enough."),
                    new KeyFigure("Right of those", Figure.Percent(quality.AccuracyOfUsed), "What the segments were taught."),
                ]);
        }

        html.OpenTable("Pseudo-labels by class", "Class", "Labeled so", "Learned from", "Mean confidence");
        foreach (string name in Result.Classes)
        {
            PseudoLabel[] labels = [.. Result.PseudoLabels.Where(l => l.Label == name)];
            html.Row(
                name,
                Figure.Count(labels.Length),
                Figure.Count(labels.Count(l => l.Used)),
                labels.Length == 0 ? "" : Figure.Percent(labels.Average(l => l.Confidence)));
        }

        html.CloseTable();
    }
}
