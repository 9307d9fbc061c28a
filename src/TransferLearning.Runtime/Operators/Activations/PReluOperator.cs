using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Multiplies negative elements by a slope that broadcasts to the input's shape.</summary>
internal sealed class PReluOperator() : Operator("PRelu", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (!call.Shape(0).Equals(Broadcasting.Combine(call.Shape(0), call.Shape(1))))
        {
            throw call.Error($"its slope {call.Shape(1)} does not broadcast to its input {call.Shape(0)}");
        }

        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).ToDoubles();
        double[] slopes = call.Value(1).BroadcastTo(type.Shape).ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = values[i] < 0 ? values[i] * slopes[i] : values[i];
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, values)];
    }
}
