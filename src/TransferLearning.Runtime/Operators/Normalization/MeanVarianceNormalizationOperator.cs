using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>Standardizes over some axes (0, 2 and 3 by default), with 1e-9 added to the standard deviation.</summary>
internal sealed class MeanVarianceNormalizationOperator() : Operator("MeanVarianceNormalization", 1, 1, "axes")
{
    private const double Epsilon = 1e-9;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        AxesOf(call);
        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = call.Type(0);
        int[] axes = AxesOf(call);
        int[] order = [.. Enumerable.Range(0, type.Shape.Rank).Except(axes), .. axes];
        Tensor ordered = TransposeOperator.Transpose(call.WithoutOutputMemory(), call.Value(0), order);
        double[] values = ordered.ToDoubles();
        int length = new Shape([.. axes.Select(a => type.Shape[a])]).Length;
        for (int start = 0; start < values.Length; start += length)
        {
            Span<double> group = values.AsSpan(start, length);
            (double mean, double deviation) = Statistics(group);
            foreach (ref double value in group)
            {
                value = (value - mean) / (deviation + Epsilon);
            }
        }

        int[] strides = new int[order.Length];
        int[] own = StridedIndex.StridesOf(ordered.Shape);
        for (int i = 0; i < order.Length; i++)
        {
            strides[order[i]] = own[i];
        }

        return [StridedCopy.Select(call, 0, TensorConversion.FromDoubles(type.Element, ordered.Shape, values), type.Shape, strides)];
    }

    private static (double Mean, double Deviation) Statistics(ReadOnlySpan<double> values)
    {
        double mean = 0, variance = 0;
        foreach (double v in values)
        {
            mean += v / values.Length;
        }

        foreach (double v in values)
        {
            variance += (v - mean) * (v - mean) / values.Length;
        }

        return (mean, Math.Sqrt(variance));
    }

    private static int[] AxesOf(OperatorCall call)
    {
        ImmutableArray<long> given = call.Attributes.Integers("axes") ?? [0, 2, 3];
        return [.. given.Select(a => call.Axis(a, call.Shape(0).Rank)).Distinct().Order()];
    }
}
