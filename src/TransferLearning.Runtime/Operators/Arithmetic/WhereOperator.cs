using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Takes elements from the second input where the first is true, from the third elsewhere.</summary>
internal sealed class WhereOperator() : Operator("Where", 3, 3)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        TensorType values = BinaryFunctions.Combine(call, call.Type(1), call.Type(2));
        return [BinaryFunctions.Combine(call, call.Type(0) with { Element = values.Element }, values)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape shape = InferTypes(call)[0].Shape;
        ReadOnlySpan<bool> condition = call.Value(0).BroadcastTo(shape).Values<bool>();
        int[] positions = Broadcasting.Positions(call.Shape(1), shape);
        int[] otherwise = Broadcasting.Positions(call.Shape(2), shape);
        int offset = call.Shape(1).Length;
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = condition[i] ? positions[i] : offset + otherwise[i];
        }

        return [TensorSelection.Join([call.Value(1), call.Value(2)]).Select(shape, positions)];
    }
}
