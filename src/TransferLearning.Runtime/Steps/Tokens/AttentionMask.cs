using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// A constant that attention adds to its scores before the softmax: a relative position bias, or a mask of keys. Its rows are padded to
/// the width of the packed keys. Immutable.
/// </summary>
internal sealed unsafe class AttentionMask : IDisposable
{
    private readonly AlignedMemory _memory;
    private readonly int[] _matrices;
    private readonly int _matrixLength;

    /// <param name="constant">Broadcasts to [batch..., queries, keys].</param>
    /// <param name="batch">The extents of the axes of the batch.</param>
    /// <param name="queries">The number of queries.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="rowStride">The distance between rows, at least the number of keys.</param>
    public AttentionMask(Tensor constant, Shape batch, int queries, int keys, int rowStride)
    {
        int added = batch.Rank + 2 - constant.Shape.Rank;
        Shape shape = new([.. Enumerable.Repeat(1, added), .. constant.Shape.Dimensions]);
        var own = new Shape(shape.Dimensions[..batch.Rank]);
        Tensor all = constant.Reshape(shape).BroadcastTo(new Shape([.. own.Dimensions, queries, keys]));
        (RowStride, _matrixLength) = (rowStride, queries * rowStride);
        _memory = new AlignedMemory((long)own.Length * _matrixLength);
        for (int row = 0; row < own.Length * queries; row++)
        {
            all.Floats.Slice(row * keys, keys).CopyTo(new Span<float>(_memory.Pointer + ((nint)row * rowStride), keys));
        }

        _matrices = Broadcasting.Positions(own, batch);
    }

    public int RowStride { get; }

    public long Bytes => _memory.Length * sizeof(float);

    /// <summary>The first row for one matrix of scores.</summary>
    public float* Origin(int matrix) => _memory.Pointer + ((nint)_matrices[matrix] * _matrixLength);

    public void Dispose() => _memory.Dispose();
}
