using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>
/// The products of two computed matrices for each of a batch, such as queries and keys, or probabilities and values:
/// C [n, m] = A [n, k] B [k, m], where B may be stored as its transpose. The gradients are dA = dC B' and dB = A' dC. Matrices lie one
/// after the other, a row per pixel.
/// </summary>
internal sealed unsafe class TokenProductLayer : TrainingLayer
{
    /// <summary>The rows that are multiplied before their products are copied to where they belong, which are then in cache.</summary>
    private const int BlockRows = 96;

    private readonly bool _isTransposed;
    private readonly int _count;
    private readonly int _rows;
    private readonly int _inner;
    private readonly int _columns;
    private readonly MatrixPanels _forward;
    private readonly MatrixPanels _left;
    private readonly MatrixPanels _right;
    private readonly long _panelsLength;
    private readonly int _width;
    private AlignedMemory? _zeros;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="left">A: a pixel per row.</param>
    /// <param name="right">B, a pixel per row; or its transpose.</param>
    /// <param name="output">C.</param>
    /// <param name="count">The number of matrices.</param>
    /// <param name="isTransposed">Whether the right side is stored as its transpose.</param>
    public TokenProductLayer(
        KernelSet kernels, string name, BatchMap left, BatchMap right, BatchMap output, int count, bool isTransposed)
        : base(name, output, left, right)
    {
        (_count, _isTransposed) = (count, isTransposed);
        (_rows, _inner, _columns) = (left.Pixels / count, left.Layout.Channels, output.Layout.Channels);
        int rows = isTransposed ? right.Layout.Channels : right.Pixels / count;
        int columns = isTransposed ? right.Pixels / count : right.Layout.Channels;
        if ((rows, columns) != (_inner, _columns) || output.Pixels != left.Pixels)
        {
            throw new InvalidOperationException(
                $"{count} products of {_rows}x{_inner} and {rows}x{columns} are no {output.Pixels / count}x{_columns}");
        }

        _forward = new MatrixPanels(kernels, _inner, _columns);
        _left = new MatrixPanels(kernels, _columns, _inner);
        _right = isTransposed ? new MatrixPanels(kernels, _rows, _inner) : new MatrixPanels(kernels, _rows, _columns);
        _panelsLength = Math.Max(_forward.Length, Math.Max(_left.Length, _right.Length));
        _width = Math.Max(_forward.Width, Math.Max(_left.Width, _right.Width));
    }

    public override long ScratchLength => _panelsLength + ((long)BlockRows * _width) + TransposedLength
        + TokenRows.ScratchLength(Inputs[0]) + TokenRows.ScratchLength(Inputs[1]);

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    private BatchMap Left => Inputs[0];

    private BatchMap Right => Inputs[1];

    /// <summary>The rows of the right side as it is stored.</summary>
    private int RightRows => _isTransposed ? _columns : _inner;

    private long TransposedLength => (long)Math.Max(_inner, _columns) * _rows;

    public override void Prepare(int maxImages) => _zeros = new AlignedMemory(_width);

    protected override void Release() => _zeros?.Dispose();

    private static int StrideOf(BatchMap map) => map.GradientLayout.PixelStride;

    private Buffers Load(int image, TrainingWorkspace workspace)
    {
        float* packed = workspace.Scratch, block = packed + _panelsLength, transposed = block + ((nint)BlockRows * _width);
        float* left = transposed + TransposedLength, right = left + TokenRows.ScratchLength(Left);
        return new Buffers(TokenRows.Read(Left, image, left), TokenRows.Read(Right, image, right), packed, block, transposed);
    }

    private void Compute(int image, TrainingWorkspace workspace)
    {
        Buffers buffers = Load(image, workspace);
        (int left, int right) = (StrideOf(Left), StrideOf(Right));
        for (int i = 0; i < _count; i++)
        {
            float* a = buffers.Left + ((nint)i * _rows * left), b = buffers.Right + (i * (nint)RightRows * right);
            _forward.Pack(b, _isTransposed ? 1 : right, _isTransposed ? right : 1, 1, buffers.Packed);
            for (int row = 0; row < _rows; row += BlockRows)
            {
                int count = Math.Min(BlockRows, _rows - row);
                var rows = new ProductRows(a + ((nint)row * left), left, buffers.Block, _forward.Width);
                _forward.Multiply(buffers.Packed, _zeros!.Pointer, rows, count);
                for (int r = 0; r < count; r++)
                {
                    float* target = TokenRows.PixelOf(Output, image, (i * _rows) + row + r);
                    Accumulation.Write(buffers.Block + ((nint)r * _forward.Width), target, _columns, adds: false);
                }
            }
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        Buffers buffers = Load(image, workspace);
        float* packed = buffers.Packed, transposed = buffers.Transposed;
        (int left, int right, int output) = (StrideOf(Left), StrideOf(Right), StrideOf(Output));
        for (int i = 0; i < _count; i++)
        {
            float* a = buffers.Left + ((nint)i * _rows * left), b = buffers.Right + (i * (nint)RightRows * right);
            float* gradient = Output.GradientAt(image) + ((nint)i * _rows * output);
            if (Left.NeedsGradient)
            {
                _left.Pack(b, _isTransposed ? right : 1, _isTransposed ? 1 : right, 1, packed);
                float* target = Left.GradientAt(image) + ((nint)i * _rows * left);
                Multiply(_left, buffers, gradient, output, target, left, _rows, Adds(0));
            }

            if (Right.NeedsGradient)
            {
                // B's gradient is A' dC; that of its transpose, dC' A.
                float* rows = _isTransposed ? gradient : a;
                TransposedCopy.Run(rows, _isTransposed ? output : left, transposed, _rows, RightRows, _rows, 1);
                _right.Pack(_isTransposed ? a : gradient, _isTransposed ? left : output, 1, 1, packed);
                float* target = Right.GradientAt(image) + (i * (nint)RightRows * right);
                Multiply(_right, buffers, transposed, _rows, target, right, RightRows, Adds(1));
            }
        }
    }

    /// <summary>Writes or adds the products of rows and a packed matrix, and 0 to what follows the last column.</summary>
    private void Multiply(
        MatrixPanels panels, in Buffers buffers, float* rows, int rowStride, float* target, int targetStride, int count, bool adds)
    {
        for (int row = 0; row < count; row += BlockRows)
        {
            int part = Math.Min(BlockRows, count - row);
            var product = new ProductRows(rows + ((nint)row * rowStride), rowStride, buffers.Block, panels.Width);
            panels.Multiply(buffers.Packed, _zeros!.Pointer, product, part);
            for (int r = 0; r < part; r++)
            {
                float* pixel = target + ((nint)(row + r) * targetStride);
                Accumulation.Write(buffers.Block + ((nint)r * panels.Width), pixel, panels.Columns, adds);
                if (!adds)
                {
                    new Span<float>(pixel + panels.Columns, targetStride - panels.Columns).Clear();
                }
            }
        }
    }

    /// <summary>The operands of an image, and the memory for what is in between.</summary>
    private readonly struct Buffers(float* left, float* right, float* packed, float* block, float* transposed)
    {
        public readonly float* Left = left, Right = right, Packed = packed, Block = block, Transposed = transposed;
    }
}
