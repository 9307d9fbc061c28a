using TransferLearning.Numerics;

namespace TransferLearning.Evaluation;

/// <summary>A confidence interval of an accuracy or another share, or of the difference of two.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Lower">The lower end: 0..1, of a difference -1..1.</param>
/// <param name="Upper">The upper end: 0..1, of a difference -1..1.</param>
/// <param name="Level">The confidence, 0..1, both exclusive.</param>
public sealed record ConfidenceInterval(double Lower, double Upper, double Level)
{
    /// <summary>
    /// The corrected resampled t interval (Nadeau and Bengio, "Inference for the generalization error", 2003): the training parts of the
    /// folds overlap, so their accuracies are correlated, and the plain t interval would be too narrow.
    /// </summary>
    /// <param name="values">One share 0..1 per fold, at least two.</param>
    /// <param name="testToTrain">The number of validation images divided by the number of training images.</param>
    /// <param name="level">The confidence, 0..1, both exclusive.</param>
    internal static ConfidenceInterval Corrected(IReadOnlyList<double> values, double testToTrain, double level)
    {
        double mean = values.Average();
        double variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        double half = StudentDistribution.Bound(level, values.Count - 1) * Math.Sqrt(((1.0 / values.Count) + testToTrain) * variance);
        return new ConfidenceInterval(Math.Max(0, mean - half), Math.Min(1, mean + half), level);
    }

    /// <summary>
    /// The score interval of a share that was counted over some images (Wilson, "Probable inference, the law of succession, and
    /// statistical inference", 1927).
    /// </summary>
    /// <param name="share">0..1.</param>
    /// <param name="images">The number of images, at least 1.</param>
    /// <param name="level">The confidence, 0..1, both exclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    internal static ConfidenceInterval OfShare(double share, int images, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        double bound = NormalDistribution.Bound(level), square = bound * bound / images;
        double middle = (share + (square / 2)) / (1 + square);
        double half = bound / (1 + square) * Math.Sqrt((share * (1 - share) / images) + (square / (4 * images)));
        return new ConfidenceInterval(Math.Max(0, middle - half), Math.Min(1, middle + half), level);
    }

    /// <summary>
    /// The interval of how much more often one of two classifiers is right than the other on the same images, a half added to each count
    /// (Agresti and Min, "Simple improved confidence intervals for comparing matched proportions", 2005).
    /// </summary>
    /// <param name="onlyFirst">The number of images that only the first classifies correctly, at least 0.</param>
    /// <param name="onlySecond">The number of images that only the second classifies correctly, at least 0.</param>
    /// <param name="images">The number of all images, at least 1 and at least the sum of the two.</param>
    /// <param name="level">The confidence, 0..1, both exclusive.</param>
    internal static ConfidenceInterval OfPairedDifference(int onlyFirst, int onlySecond, int images, double level = 0.95)
    {
        double count = images + 2, more = onlyFirst - onlySecond, differing = onlyFirst + onlySecond + 1;
        double middle = more / count;
        double half = NormalDistribution.Bound(level) * Math.Sqrt(differing - (more * more / count)) / count;
        return new ConfidenceInterval(Math.Max(-1, middle - half), Math.Min(1, middle + half), level);
    }
}
