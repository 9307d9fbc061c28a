using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// Nested loops over tensors of one shape at strides of their own. Neighboring axes are joined where all tensors allow it. The last axis is
/// a run, which a kernel computes in one call; the other axes number the runs. Immutable.
/// </summary>
internal sealed class StridedLoops
{
    private readonly int[] _extents;
    private readonly int[][] _strides;
    private readonly int[] _offsets;

    /// <param name="layouts">Layouts of one shape: the output's first.</param>
    public StridedLoops(params ReadOnlySpan<StridedLayout> layouts)
    {
        List<int> extents = [];
        var strides = new List<int>[layouts.Length];
        _offsets = new int[layouts.Length];
        for (int k = 0; k < layouts.Length; k++)
        {
            (strides[k], _offsets[k]) = ([], layouts[k].Offset);
        }

        for (int axis = 0; axis < layouts[0].Rank; axis++)
        {
            int extent = layouts[0].Extents[axis];
            if (extent == 1)
            {
                continue;
            }

            bool joins = extents.Count > 0;
            for (int k = 0; k < layouts.Length && joins; k++)
            {
                joins = strides[k][^1] == (long)layouts[k].Strides[axis] * extent;
            }

            if (joins)
            {
                extents[^1] *= extent;
            }
            else
            {
                extents.Add(extent);
            }

            for (int k = 0; k < layouts.Length; k++)
            {
                if (joins)
                {
                    strides[k][^1] = layouts[k].Strides[axis];
                }
                else
                {
                    strides[k].Add(layouts[k].Strides[axis]);
                }
            }
        }

        if (extents.Count == 0)
        {
            extents.Add(1);
            Array.ForEach(strides, static s => s.Add(1));
        }

        RunLength = extents[^1];
        _extents = [.. extents.SkipLast(1)];
        _strides = Array.ConvertAll(strides, static s => s.ToArray());
        Runs = new Shape(_extents).Length;
    }

    /// <summary>The number of runs.</summary>
    public int Runs { get; }

    /// <summary>The number of elements of a run.</summary>
    public int RunLength { get; }

    /// <summary>The distance between the elements of a run of one of the tensors.</summary>
    public int RunStride(int tensor) => _strides[tensor][^1];

    /// <summary>The offset of the first element of a run of one of the tensors.</summary>
    public int Offset(int tensor, int run)
    {
        int offset = _offsets[tensor];
        int[] strides = _strides[tensor];
        for (int axis = _extents.Length - 1; axis >= 0; axis--)
        {
            int extent = _extents[axis];
            int outer = run / extent;
            offset += (run - (outer * extent)) * strides[axis];
            run = outer;
        }

        return offset;
    }
}
