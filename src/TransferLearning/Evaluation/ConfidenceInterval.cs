using TransferLearning.Numerics;

namespace TransferLearning.Evaluation;

/// <summary>A confidence interval of an accuracy or another share.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Lower">The lower end, 0..1.</param>
/// <param name="Upper">The upper end, 0..1.</param>
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
}
