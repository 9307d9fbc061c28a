using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>The matrices in the last two axes of a tensor: one per index of the axes before. Immutable.</summary>
internal sealed class MatrixBatch
{
    private readonly int[] _offsets;

    /// <param name="view">A tensor of rank 2 or more.</param>
    /// <param name="batch">The extents of the axes before the last two, to which the tensor's own broadcast.</param>
    public MatrixBatch(TensorView view, Shape batch)
    {
        int rank = view.Layout.Rank;
        StridedLayout all = view.Layout.BroadcastTo(
            new Shape([.. batch.Dimensions, view.Layout.Extents[rank - 2], view.Layout.Extents[rank - 1]]));
        (Value, Factor) = (view.Value, view.Factor);
        (Rows, Columns) = (all.Extents[^2], all.Extents[^1]);
        (RowStride, ColumnStride) = (all.Strides[^2], all.Strides[^1]);
        _offsets = new int[batch.Length];
        for (int i = 0; i < _offsets.Length; i++)
        {
            int offset = all.Offset, index = i;
            for (int axis = batch.Rank - 1; axis >= 0; axis--)
            {
                offset += index % batch[axis] * all.Strides[axis];
                index /= batch[axis];
            }

            _offsets[i] = offset;
        }
    }

    public Value Value { get; }

    /// <summary>What each element is still to be multiplied by.</summary>
    public float Factor { get; }

    public int Count => _offsets.Length;

    public int Rows { get; }

    public int Columns { get; }

    public int RowStride { get; }

    public int ColumnStride { get; }

    /// <summary>The address of the first element of a matrix.</summary>
    public unsafe float* Origin(Workspace workspace, int matrix) => workspace.Origins[Value.Index] + _offsets[matrix];
}
