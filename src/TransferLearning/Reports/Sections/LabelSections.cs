using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>The sections about the labels that a model predicts for a data set.</summary>
internal static class LabelSections
{
    private const int MaxUnmatched = 12;

    public static IReadOnlyList<IReportSection> Of(DatasetLabels labels)
    {
        string introduction = $"A model labeled {Figure.Of(labels.Images.Count, "image", "images")}"
            + (labels.Skipped.Count == 0 ? "." : $"; {Figure.Of(labels.Skipped.Count, "image", "images")} could not be read.");
        if (labels.Agreement is not { } agreement)
        {
            return [new SummarySection($"{introduction} The data set has no labels that the model knows: nothing was compared.", [], [])];
        }

        string unmatched = string.Join(", ", agreement.UnmatchedClasses.Take(MaxUnmatched))
            + (agreement.UnmatchedClasses.Count > MaxUnmatched ? ", ..." : "");
        return
        [
            new SummarySection(
                introduction,
                [
                    new KeyFigure(
                        "Agreement",
                        Figure.Percent(agreement.Agreement),
                        $"Of {Figure.Of(agreement.Images, "image", "images")} with a label that the model knows, the share to which the "
                            + "model gives that label. For other images like these, expect "
                            + $"{Figure.Range(agreement.AgreementInterval())}."),
                    new KeyFigure(
                        "Agreement within the top few",
                        Figure.Percent(agreement.TopAgreement),
                        "The share of these images whose label is among the model's most probable classes. For other images like these, "
                            + $"expect {Figure.Range(ConfidenceInterval.OfShare(agreement.TopAgreement, agreement.Images))}."),
                ],
                [
                    .. agreement.UnmatchedClasses.Count == 0
                        ? Array.Empty<string>()
                        : [$"no class of the model stands for {unmatched}: their images were not compared"],
                    .. new[] { labels.TrainingOverlap?.Warning }.OfType<string>(),
                ]),
            new ConfusionSection(agreement.Confusion),
            new PerClassSection([.. Enumerable.Range(0, agreement.Confusion.ClassNames.Count).Select(agreement.Confusion.Metrics)]),
        ];
    }
}
