using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// The product of two matrices that are both computed, for each of a batch. Loops: matrix, whose right side is packed; block of rows;
/// panel; tile.
/// </summary>
internal sealed unsafe class MatrixProductStep : Step, IDisposable
{
    private const int BlockRows = 96;

    private readonly MatrixBatch _left;
    private readonly MatrixBatch _right;
    private readonly MatrixBatch _output;
    private readonly MatrixPanels _panels;
    private readonly AlignedMemory _zeros;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="left">[n, k], with neighboring columns.</param>
    /// <param name="right">[k, m].</param>
    /// <param name="output">[n, m], with neighboring columns.</param>
    public MatrixProductStep(KernelSet kernels, MatrixBatch left, MatrixBatch right, MatrixBatch output)
        : base(output.Value, left.Value, right.Value)
    {
        (_left, _right, _output) = (left, right, output);
        _panels = new MatrixPanels(kernels, right.Rows, right.Columns);
        _zeros = new AlignedMemory(_panels.Width);
        Output.Freeze();
    }

    public override string Description => $"product of {_left.Count} x {_left.Rows}x{_left.Columns} and {_right.Rows}x{_right.Columns}";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override long ScratchLength => _panels.Length + ((long)BlockRows * _panels.Width);

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, 0, 1);

    public override void RunPart(Workspace workspace, int rows, int part, int parts) => Run(workspace, part, parts);

    public void Dispose() => _zeros.Dispose();

    private void Run(Workspace workspace, int part, int parts)
    {
        int blocks = (_left.Rows + BlockRows - 1) / BlockRows;
        long all = (long)_left.Count * blocks;
        float* packed = workspace.Scratch, products = packed + _panels.Length;
        int current = -1;
        for (long i = all * part / parts; i < all * (part + 1) / parts; i++)
        {
            int matrix = (int)(i / blocks), first = (int)(i % blocks) * BlockRows, count = Math.Min(BlockRows, _left.Rows - first);
            if (matrix != current)
            {
                float factor = _left.Factor * _right.Factor;
                _panels.Pack(_right.Origin(workspace, matrix), _right.RowStride, _right.ColumnStride, factor, packed);
                current = matrix;
            }

            float* left = _left.Origin(workspace, matrix) + ((nint)first * _left.RowStride);
            _panels.Multiply(packed, _zeros.Pointer, new ProductRows(left, _left.RowStride, products, _panels.Width), count);
            float* output = _output.Origin(workspace, matrix) + ((nint)first * _output.RowStride);
            for (int row = 0; row < count; row++)
            {
                new ReadOnlySpan<float>(products + ((nint)row * _panels.Width), _right.Columns)
                    .CopyTo(new Span<float>(output + ((nint)row * _output.RowStride), _right.Columns));
            }
        }
    }
}
