using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Predictions;

/// <summary>The key figures of predictions.</summary>
internal static class PredictionFigures
{
    // Below this, the second label is often right.
    private const double MinCertain = 0.5;

    public static IReadOnlyList<KeyFigure> Of(IReadOnlyList<PredictedImage> predicted)
    {
        int unsure = predicted.Count(p => p.Prediction.Probability < MinCertain);
        KeyFigure[] unknown = predicted.Any(p => p.Prediction.UnknownScore is not null)
            ?
            [
                new KeyFigure(
                    "Of none of the classes",
                    Figure.Count(predicted.Count(p => p.Prediction.IsUnknown)),
                    "Images that look unlike those of all classes of the model. Their labels are only the nearest ones."),
            ]
            : [];
        return
        [
            new KeyFigure("Images", Figure.Count(predicted.Count), "Images that could be read."),
            new KeyFigure(
                "Labels",
                Figure.Count(predicted.Select(p => p.Prediction.Label).Distinct(StringComparer.Ordinal).Count()),
                "Classes that were predicted at least once."),
            .. unknown,
            new KeyFigure(
                "Uncertain",
                Figure.Count(unsure),
                $"Images whose label has a probability below {Figure.WholePercent(MinCertain)}: look at them first."),
        ];
    }
}
