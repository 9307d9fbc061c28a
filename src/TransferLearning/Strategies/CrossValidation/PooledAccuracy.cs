using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>
/// The accuracy of a cross-validation over all images together, and its interval
/// (<see cref="CrossValidationResult.AccuracyInterval"/>).
/// </summary>
internal static class PooledAccuracy
{
    /// <summary>The share of images that were classified correctly, the mean over the repeats, 0..1.</summary>
    public static double Of(IReadOnlyList<CrossValidationFold> folds) =>
        folds.Sum(f => f.Metrics.Accuracy * f.Metrics.Images) / folds.Sum(f => f.Metrics.Images);

    /// <param name="folds">The folds of all repeats.</param>
    /// <param name="outOfFold">The predictions of their heads.</param>
    /// <param name="level">The confidence, 0..1, both exclusive.</param>
    public static ConfidenceInterval Interval(
        IReadOnlyList<CrossValidationFold> folds, OutOfFoldPredictions outOfFold, double level = 0.95) =>
        ConfidenceInterval.OfShare(RightByGroup(folds, outOfFold), level);

    /// <summary>The images of each group, or each image by itself, with the number that is classified correctly: the mean over the
    /// repeats.</summary>
    private static (double Right, int Images)[] RightByGroup(IReadOnlyList<CrossValidationFold> folds, OutOfFoldPredictions outOfFold)
    {
        if (folds.All(f => f.Group is not null))
        {
            // Each fold is a group, or several that hold copies of one image.
            return [.. folds.Select(f => (f.Metrics.Accuracy * f.Metrics.Images, f.Metrics.Images))];
        }

        ImageDataset images = outOfFold.Images;
        return
        [
            .. Enumerable.Range(0, images.Count)
                .GroupBy(i => images.Images[i].Group is { } group ? (Group: group, Image: -1) : (Group: "", Image: i))
                .Select(g => (g.Sum(i => outOfFold.RightShare[i]), g.Count())),
        ];
    }
}
