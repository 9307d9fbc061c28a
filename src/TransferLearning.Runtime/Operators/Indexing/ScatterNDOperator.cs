using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// Replaces the elements or slices that tuples of indices name (the last axis of the second input) by those of the third, or combines them.
/// </summary>
internal sealed class ScatterNDOperator() : Operator("ScatterND", 3, 3, "reduction")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        (Shape input, Shape indices) = (call.Shape(0), call.Shape(1));
        Scattering.ReductionOf(call);
        if (indices.Rank < 1 || indices[-1] < 1 || indices[-1] > input.Rank)
        {
            throw call.Error($"its indices {indices} do not fit its input {input}");
        }

        var updates = new Shape([.. indices.Dimensions[..^1], .. input.Dimensions[indices[-1]..]]);
        return call.Shape(2).Equals(updates) && call.Type(2).Element == call.Type(0).Element
            ? [call.Type(0)]
            : throw call.Error($"its updates are {call.Type(2)}, expected {call.Type(0) with { Shape = updates }}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        InferTypes(call);
        Shape shape = call.Shape(0);
        int[] positions = IndexTuples.Positions(call, shape, call.Value(1), batchAxes: 0);
        return [Scattering.Run(call, positions, new Shape(shape.Dimensions[call.Shape(1)[-1]..]).Length, call.Value(2))];
    }
}
