using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>The extents of its input from the axis start up to, but not including, the axis end. Needs no input values.</summary>
internal sealed class ShapeOperator() : Operator("Shape", 1, 1, "start", "end")
{
    public static Tensor ShapeOf(OperatorCall call)
    {
        int rank = call.Shape(0).Rank;
        int start = Bound(call.Attributes.Integer("start", 0), rank);
        int end = Bound(call.Attributes.Integer("end", rank), rank);
        return Tensor.Vector(Array.ConvertAll(call.Shape(0).Dimensions[start..Math.Max(start, end)].ToArray(), e => (long)e));
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [TensorType.Of(ShapeOf(call))];

    public override Tensor[] Evaluate(OperatorCall call) => [ShapeOf(call)];

    private static int Bound(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
