using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Reorders the axes; reverses them by default.</summary>
internal sealed class TransposeOperator() : Operator("Transpose", 1, 1, "perm")
{
    /// <summary>A tensor with its axes in another order.</summary>
    public static Tensor Transpose(Tensor tensor, ReadOnlySpan<int> order)
    {
        (Shape shape, int[] strides) = Plan(tensor, order);
        return StridedCopy.Create(tensor, shape, strides);
    }

    /// <summary>As the other, as the first output of a call.</summary>
    public static Tensor Transpose(OperatorCall call, Tensor tensor, ReadOnlySpan<int> order)
    {
        (Shape shape, int[] strides) = Plan(tensor, order);
        return StridedCopy.Select(call, 0, tensor, shape, strides);
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        return [call.Type(0) with { Shape = new Shape([.. Order(call).Select(axis => input[axis])]) }];
    }

    public override Tensor[] Evaluate(OperatorCall call) => [Transpose(call, call.Value(0), Order(call))];

    private static (Shape Shape, int[] Strides) Plan(Tensor tensor, ReadOnlySpan<int> order)
    {
        int[] own = StridedIndex.StridesOf(tensor.Shape);
        int[] extents = new int[order.Length], strides = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (extents[i], strides[i]) = (tensor.Shape[order[i]], own[order[i]]);
        }

        return (new Shape(extents), strides);
    }

    /// <summary>The axes of the input in the order of the output.</summary>
    public static int[] Order(OperatorCall call)
    {
        int rank = call.Shape(0).Rank;
        if (call.Attributes.Integers("perm") is not { } given)
        {
            return [.. Enumerable.Range(0, rank).Reverse()];
        }

        int[] order = [.. given.Select(axis => call.Axis(axis, rank))];
        return order.Order().SequenceEqual(Enumerable.Range(0, rank))
            ? order
            : throw call.Error($"its order [{string.Join(',', given)}] is not an order of the axes of {call.Shape(0)}");
    }
}
