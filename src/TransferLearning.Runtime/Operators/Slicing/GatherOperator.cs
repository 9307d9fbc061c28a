using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Slicing;

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
        Shape output = InferTypes(call)[0].Shape;
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        int inner = new Shape(input.Dimensions[(axis + 1)..]).Length;
        int[] indices = Array.ConvertAll(call.ToIntegers(call.Value(1)), i => call.Axis(i, input[axis]));
        int[] positions = new int[output.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            int index = indices[i / inner % indices.Length];
            int outer = i / (inner * indices.Length);
            positions[i] = (((outer * input[axis]) + index) * inner) + (i % inner);
        }

        return [call.Value(0).Select(output, positions)];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank);
}
