using System.Collections.Immutable;
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
        double[] values = call.Value(0).ToDoubles();
        int axis = AxisOf(call);
        int length = new Shape(type.Shape.Dimensions[axis..]).Length;
        double[] means = new double[values.Length / length], factors = new double[values.Length / length];
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

        Tensor[] outputs = [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
        double[][] statistics = [means, factors];
        return [.. outputs, .. types.Skip(1).Zip(statistics, (t, s) => TensorConversion.FromDoubles(t.Element, t.Shape, s))];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", -1), call.Shape(0).Rank);
}
