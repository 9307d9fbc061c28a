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
    /// The score interval of a share that was counted over some images (Wilson, "Probable inference, the law of succession, and
    /// statistical inference", 1927).
    /// </summary>
    /// <param name="share">0..1.</param>
    /// <param name="images">The number of images, or of independent images that they are worth; at least 1.</param>
    /// <param name="level">The confidence, 0..1, both exclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    internal static ConfidenceInterval OfShare(double share, double images, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        double bound = NormalDistribution.Bound(level), square = bound * bound / images;
        double middle = (share + (square / 2)) / (1 + square);
        double half = bound / (1 + square) * Math.Sqrt((share * (1 - share) / images) + (square / (4 * images)));
        return new ConfidenceInterval(Math.Max(0, middle - half), Math.Min(1, middle + half), level);
    }

    /// <summary>
    /// The score interval of a share that was counted over groups of images, of which those of one group are alike. It is Wilson's with the
    /// number of images divided by the design effect: how much more the groups differ than groups of independent images would (Rao and
    /// Scott, "A simple method for the analysis of clustered binary data", 1992). Images that are alone in their groups have no effect.
    /// </summary>
    /// <param name="groups">For each group the number of images that count, which may be a fraction, and of all; at least one.</param>
    /// <param name="level">The confidence, 0..1, both exclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    internal static ConfidenceInterval OfShare(IReadOnlyList<(double Right, int Images)> groups, double level)
    {
        int images = groups.Sum(g => g.Images);
        double share = groups.Sum(g => g.Right) / images;
        return OfShare(share, images / DesignEffect(groups, share, images), level);
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

    /// <summary>At least 1: groups that differ less than chance has it do so by chance.</summary>
    private static double DesignEffect(IReadOnlyList<(double Right, int Images)> groups, double share, int images)
    {
        double binomial = share * (1 - share) / images;
        if (groups.Count < 2 || binomial <= 0 || groups.All(g => g.Images == 1))
        {
            return 1;
        }

        double squares = groups.Sum(g => Math.Pow(g.Right - (g.Images * share), 2));
        double variance = groups.Count / (groups.Count - 1.0) * squares / ((double)images * images);
        return Math.Max(1, variance / binomial);
    }
}
