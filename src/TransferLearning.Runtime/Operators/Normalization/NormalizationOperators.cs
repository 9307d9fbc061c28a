using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Operators that shift and scale elements by the statistics of a group of them.</summary>
internal static class NormalizationOperators
{
    public static IEnumerable<Operator> All =>
    [
        new BatchNormalizationOperator { MaxOutputs = 5, HasKernel = true },
        new InstanceNormalizationOperator(),
        new GroupNormalizationOperator { FirstOpset = 18 },
        new LayerNormalizationOperator { FirstOpset = 17, MaxOutputs = 3 },
        new LocalResponseNormalizationOperator(),
    ];

    /// <summary>The number that a normalization adds to the variance, so that it does not divide by 0.</summary>
    public static float EpsilonOf(Node node) => node.Attributes.Float("epsilon", 1e-5f);

    /// <summary>Shifts and scales values to the mean 0 and the variance 1.</summary>
    /// <returns>Their mean, and the factor that scales them: the inverse of their standard deviation.</returns>
    public static (double Mean, double Factor) Standardize(Span<double> values, double epsilon)
    {
        double mean = 0;
        foreach (double v in values)
        {
            mean += v / values.Length;
        }

        double variance = 0;
        foreach (double v in values)
        {
            variance += (v - mean) * (v - mean) / values.Length;
        }

        double factor = 1 / Math.Sqrt(variance + epsilon);
        foreach (ref double v in values)
        {
            v = (v - mean) * factor;
        }

        return (mean, factor);
    }
}
