using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>
/// The sum or the product of tokens and constants, one for each element: positions, masks. Training leaves the constants as they are.
/// </summary>
internal sealed unsafe class ConstantArithmeticLayer : TrainingLayer
{
    private readonly BinaryOperation _operation;
    private readonly float[] _constants;
    private AlignedMemory? _rows;

    /// <param name="name">The node's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">The output.</param>
    /// <param name="operation">Addition or multiplication.</param>
    /// <param name="constants">[pixels, channels].</param>
    public ConstantArithmeticLayer(string name, BatchMap input, BatchMap output, BinaryOperation operation, float[] constants)
        : base(name, output, input)
    {
        if (operation is not (BinaryOperation.Add or BinaryOperation.Multiply))
        {
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "it is a sum or a product");
        }

        (_operation, _constants) = (operation, constants);
    }

    public override long ScratchLength => TokenRows.ScratchLength(Inputs[0]);

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        Inputs[0].NeedsGradient ? [BackwardByImages(Differentiate)] : [];

    private int Stride => Output.GradientLayout.PixelStride;

    public override void Prepare(int maxImages)
    {
        _rows = new AlignedMemory(Output.GradientLayout.Length);
        int channels = Output.Layout.Channels;
        for (int p = 0; p < Output.Pixels; p++)
        {
            _constants.AsSpan(p * channels, channels).CopyTo(new Span<float>(_rows.Pointer + ((nint)p * Stride), channels));
        }
    }

    protected override void Release() => _rows?.Dispose();

    private void Compute(int image, TrainingWorkspace workspace)
    {
        float* x = TokenRows.Read(Inputs[0], image, workspace.Scratch), constants = _rows!.Pointer;
        for (int p = 0; p < Output.Pixels; p++, x += Stride, constants += Stride)
        {
            float* y = TokenRows.PixelOf(Output, image, p);
            Elementwise.Binary(_operation, x, constants, y, Stride, float.NegativeInfinity, float.PositiveInfinity);
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        float* dy = Output.GradientAt(image), dx = Inputs[0].GradientAt(image);
        int length = Output.GradientLayout.Length;
        if (_operation == BinaryOperation.Multiply)
        {
            Elementwise.Binary(
                _operation, dy, _rows!.Pointer, workspace.Scratch, length, float.NegativeInfinity, float.PositiveInfinity);
            dy = workspace.Scratch;
        }

        Accumulation.Write(dy, dx, length, Adds(0));
    }
}
