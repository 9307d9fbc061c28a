namespace TransferLearning.Runtime.Tensors;

/// <summary>Flat positions in row-major tensors.</summary>
internal static class StridedIndex
{
    /// <summary>The distance between neighbors along each axis of a row-major tensor.</summary>
    public static int[] StridesOf(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        for (int axis = shape.Rank - 1, stride = 1; axis >= 0; stride *= shape[axis], axis--)
        {
            strides[axis] = stride;
        }

        return strides;
    }

    /// <summary>
    /// The positions start + sum(index[axis] * strides[axis]) for all indices within <paramref name="shape"/>, in row-major order.
    /// Permuted strides transpose, zero strides broadcast, multiplied strides take steps.
    /// </summary>
    public static int[] Positions(Shape shape, ReadOnlySpan<int> strides, int start = 0)
    {
        int[] positions = new int[shape.Length];
        int[] index = new int[shape.Rank];
        for (int i = 0, position = start; i < positions.Length; i++)
        {
            positions[i] = position;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                position -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return positions;
    }
}
