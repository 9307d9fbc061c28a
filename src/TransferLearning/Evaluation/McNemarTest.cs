using TransferLearning.Numerics;

namespace TransferLearning.Evaluation;

/// <summary>
/// Whether two classifiers differ on the same images by more than chance: McNemar's test (McNemar, "Note on the sampling error of the
/// difference between correlated proportions or percentages", 1947). Only images count that exactly one of them classifies correctly.
/// </summary>
/// <remarks>
/// Immutable; thread-safe. Below 25 such images, the p-value is that of the exact binomial test, two-sided; from 25 on, that of the
/// chi-squared statistic with continuity correction (Edwards, "Note on the correction for continuity in testing the significance of the
/// difference between correlated proportions", 1948). Dietterich ("Approximate statistical tests for comparing supervised classification
/// learning algorithms", 1998) recommends it for classifiers that are trained once.
/// </remarks>
/// <param name="OnlyFirst">The number of images that only the first classifies correctly.</param>
/// <param name="OnlySecond">The number of images that only the second classifies correctly.</param>
/// <param name="PValue">
/// The probability, 0..1, of a difference at least as large between two classifiers that are equally often right.
/// </param>
/// <param name="IsExact">Whether the p-value is that of the exact test.</param>
public sealed record McNemarTest(int OnlyFirst, int OnlySecond, double PValue, bool IsExact)
{
    /// <summary>The number of discordant images from which the chi-squared statistic is close enough.</summary>
    internal const int MinForChiSquared = 25;

    /// <param name="onlyFirst">The number of images that only the first classifies correctly, at least 0.</param>
    /// <param name="onlySecond">The number of images that only the second classifies correctly, at least 0.</param>
    internal static McNemarTest Of(int onlyFirst, int onlySecond)
    {
        int discordant = onlyFirst + onlySecond;
        return discordant < MinForChiSquared
            ? new McNemarTest(onlyFirst, onlySecond, Exact(Math.Min(onlyFirst, onlySecond), discordant), IsExact: true)
            : new McNemarTest(onlyFirst, onlySecond, Approximate(Math.Abs(onlyFirst - onlySecond), discordant), IsExact: false);
    }

    /// <summary>Twice the probability of at most so many heads among some tosses of a fair coin, at most 1.</summary>
    private static double Exact(int fewer, int tosses)
    {
        double term = Math.Pow(0.5, tosses), sum = term;
        for (int k = 1; k <= fewer; k++)
        {
            term *= (double)(tosses - k + 1) / k;
            sum += term;
        }

        return Math.Min(1, 2 * sum);
    }

    // Chi-squared with one degree of freedom is the square of a standard normal value.
    private static double Approximate(int difference, int discordant) =>
        Math.Max(0, 1 - NormalDistribution.Within(Math.Max(0, difference - 1) / Math.Sqrt(discordant)));
}
