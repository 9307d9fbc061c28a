using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Repeats its first input along each axis; its second input has the number of repeats of each.</summary>
internal sealed class TileOperator() : Operator("Tile", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        long[] repeats = call.ToIntegers(call.Value(1));
        return repeats.Length == input.Rank && repeats.All(r => r >= 0)
            ? [call.Type(0) with { Shape = new Shape([.. repeats.Select((r, axis) => checked((int)(r * input[axis])))]) }]
            : throw call.Error($"its repeats [{string.Join(',', repeats)}] do not fit its input {input}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape shape = InferTypes(call)[0].Shape;
        Shape input = call.Shape(0);

        // Each axis becomes a pair, [repeat, extent]: only the second of the pair moves in the input.
        int[] own = StridedIndex.StridesOf(input);
        int[] pairs = [.. Enumerable.Range(0, 2 * input.Rank)];
        int[] extents = Array.ConvertAll(pairs, i => i % 2 == 1 ? input[i / 2] : shape[i / 2] / Math.Max(1, input[i / 2]));
        int[] strides = Array.ConvertAll(pairs, i => i % 2 == 1 ? own[i / 2] : 0);
        return [StridedCopy.Select(call, 0, call.Value(0), new Shape(extents), strides).Reshape(shape)];
    }
}
