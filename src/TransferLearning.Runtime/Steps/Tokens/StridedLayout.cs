using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// Where the elements of a tensor are in memory: [i, j, ...] at Offset + i * Strides[0] + j * Strides[1] + ..., in floats. Reshapes,
/// transposes and selections give another layout of the same memory. The stride of an axis of extent 1 is 0. Immutable.
/// </summary>
internal sealed record StridedLayout
{
    public StridedLayout(int offset, ReadOnlySpan<int> extents, ReadOnlySpan<int> strides)
    {
        int[] used = strides.ToArray();
        for (int axis = 0; axis < used.Length; axis++)
        {
            used[axis] = extents[axis] == 1 ? 0 : used[axis];
        }

        (Offset, Extents, Strides) = (offset, [.. extents], [.. used]);
    }

    public int Offset { get; }

    public ImmutableArray<int> Extents { get; }

    public ImmutableArray<int> Strides { get; }

    public int Rank => Extents.Length;

    public Shape Shape => new(Extents.AsSpan());

    /// <summary>The offset of the last of the elements in memory.</summary>
    public int LastOffset
    {
        get
        {
            int last = Offset;
            for (int axis = 0; axis < Rank; axis++)
            {
                last += Math.Max(0, (Extents[axis] - 1) * Strides[axis]);
            }

            return last;
        }
    }

    /// <summary>The layout of a row-major tensor, whose rows (those of the last axis) may be further apart than they are long.</summary>
    public static StridedLayout RowMajor(Shape shape, int rowStride)
    {
        int[] strides = new int[shape.Rank];
        int next = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = next;
            next = checked(axis == shape.Rank - 1 ? rowStride : next * shape[axis]);
        }

        return new StridedLayout(0, shape.Dimensions, strides);
    }

    public StridedLayout Transpose(ReadOnlySpan<int> order)
    {
        int[] extents = new int[order.Length], strides = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (extents[i], strides[i]) = (Extents[order[i]], Strides[order[i]]);
        }

        return new StridedLayout(Offset, extents, strides);
    }

    /// <summary>Some of the indices of an axis, from the first on, in steps.</summary>
    public StridedLayout Slice(int axis, int first, int count, int step = 1)
    {
        int[] extents = [.. Extents], strides = [.. Strides];
        (extents[axis], strides[axis]) = (count, Strides[axis] * step);
        return new StridedLayout(Offset + (first * Strides[axis]), extents, strides);
    }

    /// <summary>One index of an axis, which is dropped.</summary>
    public StridedLayout Select(int axis, int index) => new(
        Offset + (index * Strides[axis]), Extents.RemoveAt(axis).AsSpan(), Strides.RemoveAt(axis).AsSpan());

    /// <summary>Repeats axes of extent 1, and adds axes in front, to a shape that this one broadcasts to.</summary>
    public StridedLayout BroadcastTo(Shape shape)
    {
        int added = shape.Rank - Rank;
        int[] strides = new int[shape.Rank];
        for (int axis = added; axis < shape.Rank; axis++)
        {
            strides[axis] = Strides[axis - added];
        }

        return new StridedLayout(Offset, shape.Dimensions, strides);
    }

    /// <summary>The same elements in the same order with another shape; null where that is no layout of the memory as it is.</summary>
    public StridedLayout? Reshape(Shape shape)
    {
        // Groups of axes with the same number of elements on both sides, each of which must be evenly strided on this side.
        int[] strides = new int[shape.Rank];
        int from = 0, to = 0;
        while (from < Rank && to < shape.Rank)
        {
            int fromEnd = from + 1, toEnd = to + 1;
            long fromLength = Extents[from], toLength = shape[to];
            while (fromLength != toLength)
            {
                if (fromLength < toLength)
                {
                    fromLength *= fromEnd < Rank ? Extents[fromEnd++] : 0;
                }
                else
                {
                    toLength *= toEnd < shape.Rank ? shape[toEnd++] : 0;
                }

                if (fromLength == 0 || toLength == 0)
                {
                    return null;
                }
            }

            if (EvenStride(from, fromEnd) is not { } stride)
            {
                return null;
            }

            for (int axis = toEnd - 1; axis >= to; axis--)
            {
                strides[axis] = stride;
                stride *= shape[axis];
            }

            (from, to) = (fromEnd, toEnd);
        }

        return new StridedLayout(Offset, shape.Dimensions, strides);
    }

    /// <summary>Whether two layouts have their elements at the same places.</summary>
    public bool Equals(StridedLayout? other) =>
        other is not null && Offset == other.Offset && Extents.SequenceEqual(other.Extents) && Strides.SequenceEqual(other.Strides);

    public override int GetHashCode() => HashCode.Combine(Offset, Rank);

    /// <summary>The stride of the last of some axes, if the others follow each other at multiples of it; else null.</summary>
    private int? EvenStride(int axis, int end)
    {
        int stride = 0;
        long next = 0;
        for (int i = end - 1; i >= axis; i--)
        {
            if (Extents[i] == 1)
            {
                continue;
            }

            if (next == 0)
            {
                stride = Strides[i];
            }
            else if (Strides[i] != next)
            {
                return null;
            }

            next = (long)Strides[i] * Extents[i];
            if (next == 0)
            {
                // A repeated axis: only alone, or with others that are repeated too.
                bool allRepeated = Enumerable.Range(axis, end - axis).All(k => Extents[k] == 1 || Strides[k] == 0);
                return allRepeated ? 0 : null;
            }
        }

        return stride;
    }
}
