using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>Positions by tuples of indices, as GatherND and ScatterND have them.</summary>
internal static class IndexTuples
{
    /// <summary>The positions of the blocks that tuples of indices name.</summary>
    /// <param name="call">The call, for messages.</param>
    /// <param name="shape">The shape that the tuples index.</param>
    /// <param name="indices">[batch..., tuples..., length]: the indices; negative ones count from the end.</param>
    /// <param name="batchAxes">The number of leading axes that both have in common.</param>
    /// <exception cref="InvalidNetworkException">An index is out of range.</exception>
    public static int[] Positions(OperatorCall call, Shape shape, Tensor indices, int batchAxes)
    {
        int length = indices.Shape[-1];
        int[] strides = StridedIndex.StridesOf(shape);
        int batches = new Shape(shape.Dimensions[..batchAxes]).Length, block = new Shape(shape.Dimensions[batchAxes..]).Length;
        long[] values = call.ToIntegers(indices);
        int[] positions = new int[new Shape(indices.Shape.Dimensions[..^1]).Length];
        int tuplesPerBatch = positions.Length / Math.Max(1, batches);
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = i / tuplesPerBatch * block;
            for (int k = 0; k < length; k++)
            {
                int axis = batchAxes + k;
                positions[i] += call.Axis(values[(i * length) + k], shape[axis]) * strides[axis];
            }
        }

        return positions;
    }
}
