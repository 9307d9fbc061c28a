using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// Attention (Vaswani et al., 2017): softmax(scale Q K^T + masks) V for each matrix of a batch, such as a head. Loops: matrix, whose keys
/// and values are packed once; tile of queries, whose scores stay in cache. The whole matrix of scores is never in memory.
/// </summary>
internal sealed unsafe class AttentionStep : Step, IDisposable
{
    /// <summary>The scores of a tile: a share of the second-level cache.</summary>
    private const int TileBytes = 96 * 1024;

    private const int MinTileRows = 12, MaxTileRows = 96;

    private readonly MatrixBatch _queries;
    private readonly MatrixBatch _keys;
    private readonly MatrixBatch _values;
    private readonly MatrixBatch _output;
    private readonly AttentionMask[] _masks;
    private readonly MatrixPanels _keyPanels;
    private readonly MatrixPanels _valuePanels;
    private readonly AlignedMemory _zeros;
    private readonly float _scale;
    private readonly int _tileRows;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="operands">Queries [n, d] with neighboring columns, keys [d, m], values [m, e], and the output [n, e].</param>
    /// <param name="scale">What the products of queries and keys are multiplied by, beside the factors of the operands.</param>
    /// <param name="masks">What is added to the scores.</param>
    public AttentionStep(KernelSet kernels, AttentionOperands operands, float scale, IReadOnlyList<AttentionMask> masks)
        : base(operands.Output.Value, operands.Queries.Value, operands.Keys.Value, operands.Values.Value)
    {
        (_queries, _keys, _values, _output) = (operands.Queries, operands.Keys, operands.Values, operands.Output);
        _masks = [.. masks];
        _scale = scale * _queries.Factor * _keys.Factor;
        _keyPanels = new MatrixPanels(kernels, _keys.Rows, _keys.Columns);
        _valuePanels = new MatrixPanels(kernels, _values.Rows, _values.Columns);
        _zeros = new AlignedMemory(Math.Max(_keyPanels.Width, _valuePanels.Width));
        int rows = Math.Clamp(TileBytes / sizeof(float) / _keyPanels.Width, MinTileRows, MaxTileRows);
        int tiles = (_queries.Rows + rows - 1) / rows;
        _tileRows = (_queries.Rows + tiles - 1) / tiles;
        Output.Freeze();
    }

    public override string Description =>
        $"attention of {_queries.Count} x {_queries.Rows} queries to {_keys.Columns} keys of {_queries.Columns}";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override long ScratchLength =>
        _keyPanels.Length + _valuePanels.Length + ((long)_tileRows * (_keyPanels.Width + _valuePanels.Width));

    public override long WeightBytes => _masks.Sum(static m => m.Bytes);

    // Only if the queries of all matrices are in the same rows.
    public override bool CanLimitRows => Output.Layout.Height * Output.Layout.Width == _queries.Rows;

    public override int RowsRead(int input, int rows)
    {
        Value read = Inputs[input];
        bool onlyQueries = input == 0 && read.Whole is null && read != _keys.Value && read != _values.Value && CanLimitRows
            && read.Layout.Height == _queries.Rows && _queries.RowStride == read.Layout.RowStride;
        return onlyQueries ? rows : base.RowsRead(input, rows);
    }

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, 0, 1);

    public override void RunPart(Workspace workspace, int rows, int part, int parts) => Run(workspace, part, parts);

    public void Dispose()
    {
        _zeros.Dispose();
        foreach (AttentionMask mask in _masks)
        {
            mask.Dispose();
        }
    }

    /// <summary>Runs one thread's share of the tiles of all matrices.</summary>
    private void Run(Workspace workspace, int part, int parts)
    {
        int queries = CanLimitRows ? Math.Min(Rows, _queries.Rows) : _queries.Rows;
        int tiles = (queries + _tileRows - 1) / _tileRows;
        long all = (long)_queries.Count * tiles;
        float* keys = workspace.Scratch, values = keys + _keyPanels.Length;
        int packed = -1;
        for (long i = all * part / parts; i < all * (part + 1) / parts; i++)
        {
            int matrix = (int)(i / tiles), first = (int)(i % tiles) * _tileRows;
            if (matrix != packed)
            {
                _keyPanels.Pack(_keys.Origin(workspace, matrix), _keys.RowStride, _keys.ColumnStride, _scale, keys);
                _valuePanels.Pack(_values.Origin(workspace, matrix), _values.RowStride, _values.ColumnStride, _values.Factor, values);
                packed = matrix;
            }

            RunTile(workspace, matrix, first, Math.Min(_tileRows, queries - first), keys, values);
        }
    }

    private void RunTile(Workspace workspace, int matrix, int first, int count, float* keys, float* values)
    {
        float* scores = values + _valuePanels.Length, sums = scores + ((nint)_tileRows * _keyPanels.Width);
        float* queries = _queries.Origin(workspace, matrix) + ((nint)first * _queries.RowStride);
        int width = _keyPanels.Width;
        float* mask = _masks.Length == 0 ? null : _masks[0].Origin(matrix) + ((nint)first * width);
        _keyPanels.Multiply(keys, _zeros.Pointer, new ProductRows(queries, _queries.RowStride, scores, width, mask, width), count);
        for (int m = 1; m < _masks.Length; m++)
        {
            float* addend = _masks[m].Origin(matrix) + ((nint)first * width);
            Elementwise.Binary(
                BinaryOperation.Add, scores, addend, scores, (nint)count * width, float.NegativeInfinity, float.PositiveInfinity);
        }

        float* factors = stackalloc float[MaxTileRows];
        for (int row = 0; row < count; row++)
        {
            float* x = scores + ((nint)row * width);
            factors[row] = 1 / RowKernels.Exponentials(x, x, _keys.Columns);
        }

        _valuePanels.Multiply(values, _zeros.Pointer, new ProductRows(scores, width, sums, _valuePanels.Width), count);
        float* output = _output.Origin(workspace, matrix) + ((nint)first * _output.RowStride);
        for (int row = 0; row < count; row++)
        {
            RowKernels.Scale(
                sums + ((nint)row * _valuePanels.Width), output + ((nint)row * _output.RowStride), _values.Columns, factors[row]);
        }
    }
}
