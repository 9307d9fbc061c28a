using TransferLearning.Evaluation;
using TransferLearning.PseudoLabeling;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>The labels that the first model predicted for the larger set. Immutable.</summary>
internal sealed record PseudoLabelsSection(ParallelTrainingResult Result) : IReportSection
{
    public string Title => "Pseudo-labels";

    public void Write(HtmlWriter html, ReportRun run)
    {
        int used = Result.PseudoLabels.Count(l => l.Used), unknown = Result.PseudoLabels.Count(l => l.IsUnknown);
        html.Element("p", $"The first model labeled {Figure.Of(Result.PseudoLabels.Count, "image", "images")} of the larger set. "
            + $"{Figure.Count(used)} of them were used for training: those with enough confidence, and not too many of any one class."
            + (unknown == 0 ? "" : $" {Figure.Of(unknown, "image", "images")} seem to belong to none of the classes, and were left out."));
        if (Result.PseudoLabelQuality is { } quality)
        {
            KeyFigures.Write(
                html,
                [
                    new KeyFigure(
                        "Correct",
                        Figure.Percent(quality.Accuracy),
                        $"Of {Figure.Of(quality.Images, "image", "images")} whose true label is known, the share that was labeled "
                            + $"correctly. For other images like these, expect {Range(quality.Accuracy, quality.Images)}."),
                    new KeyFigure("Used", Figure.Percent(quality.Coverage), "The share of these images that was used for training."),
                    new KeyFigure(
                        "Correct of those used",
                        Figure.Percent(quality.AccuracyOfUsed),
                        $"How reliable the labels used for training were, measured on {Figure.Of(quality.UsedImages, "image", "images")}"
                            + (quality.UsedImages == 0 ? "." : $": {Range(quality.AccuracyOfUsed, quality.UsedImages)}.")),
                ]);
        }

        html.OpenTable("Pseudo-labels by class", "Class", "Images", "Used for training", "Mean confidence");
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

    private static string Range(double share, int images) => Figure.Range(ConfidenceInterval.OfShare(share, images));
}
