using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Pointwise;

/// <summary>
/// Element-wise operation of a map and a constant map, such as the subtraction of a mean image, then an activation. Input, constant and
/// output have the same channels at the same distances, so that a row is one run of floats.
/// </summary>
internal sealed unsafe class ConstantMapStep : Step, IDisposable
{
    private readonly BinaryOperation _operation;
    private readonly Value _input;
    private readonly bool _constantFirst;
    private readonly Activation _activation;
    private readonly AlignedMemory _constant;

    /// <param name="operation">The operation.</param>
    /// <param name="input">The map.</param>
    /// <param name="constant">[1, channels, height, width].</param>
    /// <param name="constantFirst">Whether the constant is the left operand.</param>
    /// <param name="output">A value of the same size and pixel stride.</param>
    /// <param name="activation">The activation to apply to the output.</param>
    public ConstantMapStep(
        BinaryOperation operation, Value input, Tensor constant, bool constantFirst, Value output, Activation activation)
        : base(output, input)
    {
        (_operation, _input, _constantFirst, _activation) = (operation, input, constantFirst, activation);
        FeatureMapLayout layout = output.Layout;
        int pixels = layout.Height * layout.Width;
        _constant = new AlignedMemory((long)pixels * layout.PixelStride);
        Span<float> memory = _constant.Span;
        ReadOnlySpan<float> values = constant.Floats;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int channel = 0; channel < layout.Channels; channel++)
            {
                memory[(pixel * layout.PixelStride) + channel] = values[(channel * pixels) + pixel];
            }
        }
    }

    public override string Description =>
        $"{_operation} with a constant on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    /// <summary>The constant has the rows of one image.</summary>
    public override bool RunsBatches => false;

    public override long WeightBytes => _constant.Length * sizeof(float);

    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout layout = Output.Layout;
        (float minimum, float maximum) = _activation.ClampRange;
        int length = layout.Width * layout.PixelStride;
        for (int y = from; y < to; y++)
        {
            float* source = workspace.Origins[_input.Index] + ((nint)y * _input.Layout.RowStride);
            float* constant = _constant.Pointer + ((nint)y * length);
            float* target = workspace.Origins[Output.Index] + ((nint)y * layout.RowStride);
            Elementwise.Binary(
                _operation, _constantFirst ? constant : source, _constantFirst ? source : constant, target, length, minimum, maximum);
            if (!_activation.IsClamp)
            {
                _activation.Apply(target, target, length);
            }
        }
    }

    public void Dispose() => _constant.Dispose();
}
