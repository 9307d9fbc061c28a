using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>Standardizes over the axes from the given one (the last unless said), then applies scale and bias (Ba et al., 2016).</summary>
internal sealed class LayerNormalizationOperator() : Operator("LayerNormalization", 2, 3, "axis", "epsilon", "stash_type")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (call.Node.Outputs.Skip(1).Any(o => o.Length > 0))
        {
            throw call.Error("its second and third outputs, the statistics, are not supported");
        }

        Shape input = call.Shape(0);
        call.Axis(call.Attributes.Integer("axis", -1), input.Rank);
        for (int i = 1; i < call.InputCount; i++)
        {
            if (call.Has(i) && !input.Equals(Broadcasting.Combine(input, call.Shape(i))))
            {
                throw call.Error($"its input {i} of the shape {call.Shape(i)} does not broadcast to {input}");
            }
        }

        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).ToDoubles();
        int axis = call.Axis(call.Attributes.Integer("axis", -1), type.Shape.Rank);
        int length = new Shape(type.Shape.Dimensions[axis..]).Length;
        for (int start = 0; start < values.Length; start += length)
        {
            Normalizations.Standardize(values.AsSpan(start, length), call.Attributes.Float("epsilon", 1e-5f));
        }

        double[] scale = call.Value(1).BroadcastTo(type.Shape).ToDoubles();
        double[]? bias = call.ValueOrNull(2)?.BroadcastTo(type.Shape).ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] * scale[i]) + (bias?[i] ?? 0);
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }
}
