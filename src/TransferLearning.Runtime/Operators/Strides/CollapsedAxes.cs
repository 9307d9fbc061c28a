using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Strides;

/// <summary>
/// The axes of a loop over several operands, with as few axes as possible: axes of extent 1 are left out, and neighboring axes that all
/// operands step through evenly are one. A row is what the last axis spans. Immutable.
/// </summary>
internal sealed class CollapsedAxes
{
    private readonly int[][] _strides;

    /// <param name="shape">The extents of the loop.</param>
    /// <param name="strides">For each operand, the distance between its neighboring elements along each axis; 0 repeats.</param>
    public CollapsedAxes(Shape shape, params int[][] strides)
    {
        List<int> extents = [];
        List<int>[] collapsed = [.. strides.Select(static _ => new List<int>())];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            int extent = shape[axis], at = axis;
            bool isEven = extents.Count > 0
                && Enumerable.Range(0, strides.Length).All(o => collapsed[o][^1] == (long)strides[o][at] * extent);
            if (isEven)
            {
                extents[^1] *= extent;
            }
            else
            {
                extents.Add(extent);
            }

            for (int o = 0; o < strides.Length; o++)
            {
                if (isEven)
                {
                    collapsed[o][^1] = strides[o][axis];
                }
                else
                {
                    collapsed[o].Add(strides[o][axis]);
                }
            }
        }

        if (extents.Count == 0)
        {
            extents.Add(1);
            Array.ForEach(collapsed, static c => c.Add(0));
        }

        Extents = [.. extents];
        _strides = Array.ConvertAll(collapsed, static c => c.ToArray());
        Length = shape.Length;
    }

    public int[] Extents { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The number of elements of a row.</summary>
    public int RowLength => Extents[^1];

    /// <summary>The number of rows.</summary>
    public int Rows => Length == 0 ? 0 : Length / RowLength;

    public int[] StridesOf(int operand) => _strides[operand];

    /// <summary>The distance between the elements of a row of an operand.</summary>
    public int RowStride(int operand) => _strides[operand][^1];

    /// <summary>The axes without some of them, which the caller loops over by itself.</summary>
    public CollapsedAxes Without(params ReadOnlySpan<int> axes)
    {
        int[] left = axes.ToArray();
        int[] kept = [.. Enumerable.Range(0, Extents.Length).Where(a => !left.Contains(a))];
        return new CollapsedAxes(
            new Shape([.. kept.Select(a => Extents[a])]),
            Array.ConvertAll(_strides, s => Array.ConvertAll(kept, a => s[a])));
    }

    /// <summary>The position of an element in an operand.</summary>
    public int Position(int operand, int element)
    {
        int position = 0;
        for (int axis = Extents.Length - 1; axis >= 0; axis--)
        {
            position += element % Extents[axis] * _strides[operand][axis];
            element /= Extents[axis];
        }

        return position;
    }

    /// <summary>Starts at a row.</summary>
    public RowCursor At(int row) => new(Extents, _strides, row);
}
