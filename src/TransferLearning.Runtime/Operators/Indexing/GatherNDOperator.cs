using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// Takes the elements or slices that tuples of indices name: the last axis of the second input is a tuple, and the first
/// <c>batch_dims</c> axes of both inputs are the same.
/// </summary>
internal sealed class GatherNDOperator() : Operator("GatherND", 2, 2, "batch_dims")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        (Shape input, Shape indices) = (call.Shape(0), call.Shape(1));
        int batch = BatchAxesOf(call);
        bool fits = indices.Rank > batch && input.Rank >= batch && indices[-1] >= 1 && batch + indices[-1] <= input.Rank
            && indices.Dimensions[..batch].SequenceEqual(input.Dimensions[..batch]);
        return fits
            ? [call.Type(0) with { Shape = new Shape([.. indices.Dimensions[..^1], .. input.Dimensions[(batch + indices[-1])..]]) }]
            : throw call.Error($"its indices {indices} with {batch} batch_dims do not fit its input {input}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        int[] positions = IndexTuples.Positions(call, call.Shape(0), call.Value(1), BatchAxesOf(call));
        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        ElementBlocks.Gather(call, call.Value(0), positions, type.Shape.Length / Math.Max(1, positions.Length), result);
        return [result.ToTensor(type.Shape)];
    }

    private static int BatchAxesOf(OperatorCall call) => call.Attributes.Integer("batch_dims", 0) is >= 0 and < 64 and var axes
        ? (int)axes
        : throw call.Error("its batch_dims is not a number of axes");
}
