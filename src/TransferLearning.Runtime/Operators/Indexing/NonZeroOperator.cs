using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// The indices of the elements that are not 0, [rank, count]. Their number is known for constants alone, so the input must be one.
/// </summary>
internal sealed class NonZeroOperator() : Operator("NonZero", 1, 1)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [TensorType.Of(Indices(call))];

    public override Tensor[] Evaluate(OperatorCall call) => [Indices(call)];

    private static Tensor Indices(OperatorCall call)
    {
        Tensor input = call.Value(0);
        double[] values = input.ToDoubles();
        int[] found = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)];
        int[] strides = StridedIndex.StridesOf(input.Shape);
        long[] indices =
        [
            .. Enumerable.Range(0, input.Shape.Rank)
                .SelectMany(axis => found.Select(position => (long)(position / strides[axis] % input.Shape[axis]))),
        ];
        return Tensor.Create(new Shape(input.Shape.Rank, found.Length), indices);
    }
}
