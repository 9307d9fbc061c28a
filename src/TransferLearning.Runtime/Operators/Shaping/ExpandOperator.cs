using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Broadcasts its first input with the shape in its second.</summary>
internal sealed class ExpandOperator() : Operator("Expand", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        var wanted = new Shape([.. call.ToIntegers(call.Value(1)).Select(e => checked((int)e))]);
        return Broadcasting.Combine(call.Shape(0), wanted) is { } shape
            ? [call.Type(0) with { Shape = shape }]
            : throw call.Error($"its input {call.Shape(0)} does not broadcast to {wanted}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape shape = InferTypes(call)[0].Shape;
        return [StridedCopy.Select(call, 0, call.Value(0), shape, Broadcasting.Strides(call.Shape(0), shape))];
    }
}
