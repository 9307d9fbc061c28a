using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Operators that shift and scale elements by the statistics of a group of them.</summary>
internal static class NormalizationOperators
{
    public static IEnumerable<Operator> All =>
    [
        new BatchNormalizationOperator { MaxOutputs = 5, HasKernel = true },
        new InstanceNormalizationOperator(),
        new GroupNormalizationOperator { FirstOpset = 18 },
        new LayerNormalizationOperator { FirstOpset = 17, MaxOutputs = 3, HasKernel = true },
        new LocalResponseNormalizationOperator(),
        new LpNormalizationOperator(),
        new MeanVarianceNormalizationOperator { FirstOpset = 9 },
    ];

    /// <summary>The number that a normalization adds to the variance, so that it does not divide by 0.</summary>
    public static float EpsilonOf(Node node) => node.Attributes.Float("epsilon", 1e-5f);

    /// <summary>
    /// Standardizes groups of consecutive elements of the first input, then applies the second input as scale and the third as bias.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="length">The number of elements of a group.</param>
    /// <param name="plane">The number of consecutive elements with one scale and one bias.</param>
    /// <param name="scaleOf">The position of the scale and the bias of a plane, by its number.</param>
    public static Tensor NormalizeGroups(OperatorCall call, int length, int plane, Func<int, int> scaleOf)
    {
        Tensor input = call.Value(0);
        float epsilon = EpsilonOf(call.Node);
        if (input.Type == ElementType.Float32)
        {
            (Tensor scaleValues, Tensor biasValues) = (call.FloatTensor(1), call.FloatTensor(2));
            TensorBuffer<float> result = call.Memory.Output<float>(0, input.Length);
            call.For(input.Length / Math.Max(1, length), 4L * length, (from, to) =>
            {
                for (int start = from * length; start < to * length; start += length)
                {
                    (double, double) statistics = StandardizationLoops.Statistics(input.Floats.Slice(start, length), epsilon);
                    for (int i = start; i < start + length; i += plane)
                    {
                        int scale = scaleOf(i / plane);
                        StandardizationLoops.Apply(
                            input.Floats.Slice(i, plane),
                            result.Span.Slice(i, plane),
                            statistics,
                            scaleValues.Floats.Slice(scale, 1),
                            biasValues.Floats.Slice(scale, 1));
                    }
                }
            });

            return result.ToTensor(input.Shape);
        }

        double[] values = input.ToDoubles();
        double[] scales = call.Value(1).ToDoubles(), biases = call.Value(2).ToDoubles();
        for (int start = 0; start < values.Length; start += length)
        {
            Standardize(values.AsSpan(start, length), epsilon);
        }

        for (int i = 0; i < values.Length; i++)
        {
            int scale = scaleOf(i / plane);
            values[i] = (values[i] * scales[scale]) + biases[scale];
        }

        return TensorConversion.FromDoubles(input.Type, input.Shape, values);
    }

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
