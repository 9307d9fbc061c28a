using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Normalization;

/// <summary>
/// Standardizes over the axes from the given one (the last by default) to the last, then applies scale and bias (Ba et al., 2016). The
/// optional second and third outputs are the means and the inverse standard deviations.
/// </summary>
internal sealed class LayerNormalizationOperator() : Operator("LayerNormalization", 2, 3, "axis", "epsilon", "stash_type")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        for (int i = 1; i < call.InputCount; i++)
        {
            if (call.Has(i) && !input.Equals(Broadcasting.Combine(input, call.Shape(i))))
            {
                throw call.Error($"its input {i} of the shape {call.Shape(i)} does not broadcast to {input}");
            }
        }

        var statistics = new TensorType(
            ElementType.Float32, new Shape([.. input.Dimensions[..axis], .. Enumerable.Repeat(1, input.Rank - axis)]));
        return [call.Type(0), .. Enumerable.Repeat(statistics, call.Node.Outputs.Length - 1)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        ImmutableArray<TensorType> types = InferTypes(call);
        TensorType type = types[0];
        int length = new Shape(type.Shape.Dimensions[AxisOf(call)..]).Length;
        double[] means = new double[type.Shape.Length / Math.Max(1, length)], factors = new double[means.Length];
        Tensor result = type.Element == ElementType.Float32
            ? Normalize(call, length, means, factors)
            : NormalizePrecisely(call, length, means, factors);
        double[][] statistics = [means, factors];
        return [result, .. types.Skip(1).Zip(statistics, (t, s) => TensorConversion.FromDoubles(t.Element, t.Shape, s))];
    }

    private static Tensor Normalize(OperatorCall call, int length, double[] means, double[] factors)
    {
        Tensor input = call.Value(0);
        TensorBuffer<float> result = call.Memory.Output<float>(0, input.Length);
        Tensor scale = Parameter(call, 1, length), bias = Parameter(call, 2, length);
        float epsilon = NormalizationOperators.EpsilonOf(call.Node);
        call.For(means.Length, 4L * length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                int start = i * length;
                ReadOnlySpan<float> row = input.Floats.Slice(start, length);
                (means[i], factors[i]) = StandardizationLoops.Statistics(row, epsilon);
                StandardizationLoops.Apply(
                    row, result.Span.Slice(start, length), (means[i], factors[i]), Row(scale, start, length), Row(bias, start, length));
            }
        });

        return result.ToTensor(input.Shape);
    }

    /// <summary>The definition in double precision, for element types other than float32.</summary>
    private static Tensor NormalizePrecisely(OperatorCall call, int length, double[] means, double[] factors)
    {
        TensorType type = call.Type(0);
        double[] values = call.Value(0).ToDoubles();
        for (int i = 0; i < means.Length; i++)
        {
            (means[i], factors[i]) = NormalizationOperators.Standardize(
                values.AsSpan(i * length, length), NormalizationOperators.EpsilonOf(call.Node));
        }

        double[] scale = call.Value(1).BroadcastTo(type.Shape).ToDoubles();
        double[]? bias = call.ValueOrNull(2)?.BroadcastTo(type.Shape).ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] * scale[i]) + (bias?[i] ?? 0);
        }

        return TensorConversion.FromDoubles(type.Element, type.Shape, values);
    }

    /// <summary>The scale or the bias: one number, one per element of a row, or one per element; a bias that is left out is 0.</summary>
    private static Tensor Parameter(OperatorCall call, int input, int length)
    {
        if (!call.Has(input))
        {
            return Tensor.Vector(0f);
        }

        Tensor value = call.Value(input).To(ElementType.Float32);
        int rowRank = call.Shape(0).Rank - AxisOf(call);
        bool isRow = value.Shape.Rank <= rowRank && value.Length == length;
        return isRow || value.Length == 1 ? value : StridedCopy.Broadcast(call, value, call.Shape(0));
    }

    /// <summary>The part of a scale or bias for a row that starts at an element.</summary>
    private static ReadOnlySpan<float> Row(Tensor parameter, int start, int length) =>
        parameter.Length <= length ? parameter.Floats : parameter.Floats.Slice(start, length);

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", -1), call.Shape(0).Rank);
}
