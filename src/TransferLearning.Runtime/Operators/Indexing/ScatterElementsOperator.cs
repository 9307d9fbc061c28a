using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// Replaces, or combines, the element at each index in the second input by the update at the same place in the third: the place is the
/// same, but for an axis (the first by default), along which the index counts.
/// </summary>
internal sealed class ScatterElementsOperator() : Operator("ScatterElements", 3, 3, "axis", "reduction")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        (Shape input, Shape indices) = (call.Shape(0), call.Shape(1));
        int axis = AxisOf(call);
        Scattering.ReductionOf(call);
        bool fits = indices.Rank == input.Rank && Enumerable.Range(0, input.Rank).All(a => a == axis || indices[a] <= input[a]);
        return fits && call.Shape(2).Equals(indices) && call.Type(2).Element == call.Type(0).Element
            ? [call.Type(0)]
            : throw call.Error($"its indices {indices} and updates {call.Type(2)} do not fit its input {call.Type(0)}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        InferTypes(call);
        int axis = AxisOf(call), extent = call.Shape(0)[axis];
        int[] own = StridedIndex.StridesOf(call.Shape(0)), outer = [.. own];
        outer[axis] = 0;
        long[] indices = call.ToIntegers(call.Value(1));
        int[] positions = StridedIndex.Positions(call.Shape(1), outer);
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] += call.Axis(indices[i], extent) * own[axis];
        }

        return [Scattering.Run(call, positions, 1, call.Value(2))];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank);
}
