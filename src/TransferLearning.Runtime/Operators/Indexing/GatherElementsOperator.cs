using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// For each index in the second input, the element of the first input at the same place, but at the index along an axis (the first by
/// default); negative indices count from the end.
/// </summary>
internal sealed class GatherElementsOperator() : Operator("GatherElements", 2, 2, "axis")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        (Shape input, Shape indices) = (call.Shape(0), call.Shape(1));
        int axis = AxisOf(call);
        return indices.Rank == input.Rank && Enumerable.Range(0, input.Rank).All(a => a == axis || indices[a] <= input[a])
            ? [call.Type(0) with { Shape = indices }]
            : throw call.Error($"its indices {indices} do not fit its input {input}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        Tensor input = call.Value(0);
        int axis = AxisOf(call), extent = input.Shape[axis];
        long[] indices = call.ToIntegers(call.Value(1));
        int[] own = StridedIndex.StridesOf(input.Shape), outer = [.. own];
        outer[axis] = 0;
        int[] positions = StridedIndex.Positions(type.Shape, outer);
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] += call.Axis(indices[i], extent) * own[axis];
        }

        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        ElementBlocks.Gather(call, input, positions, 1, result);
        return [result.ToTensor(type.Shape)];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank);
}
