using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// Takes slices of its first input along an axis (the first by default), by the indices in its second; negative indices count from the end.
/// </summary>
internal sealed class GatherOperator() : Operator("Gather", 2, 2, "axis")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        int[] extents = [.. input.Dimensions[..axis], .. call.Shape(1).Dimensions, .. input.Dimensions[(axis + 1)..]];
        return [call.Type(0) with { Shape = new Shape(extents) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        Tensor input = call.Value(0);
        int axis = AxisOf(call), extent = input.Shape[axis];
        int outer = new Shape(input.Shape.Dimensions[..axis]).Length, inner = new Shape(input.Shape.Dimensions[(axis + 1)..]).Length;
        int[] indices = Array.ConvertAll(call.ToIntegers(call.Value(1)), i => call.Axis(i, extent));
        int[] positions = new int[outer * indices.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = ((i / indices.Length * extent) + indices[i % indices.Length]) * inner;
        }

        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        ElementBlocks.Gather(call, input, positions, inner, result);
        return [result.ToTensor(type.Shape)];
    }

    /// <summary>The axis, counted from the first.</summary>
    public static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank);
}
