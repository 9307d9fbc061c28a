using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Pointwise;

/// <summary>
/// One scale and one shift per channel, then an activation: batch normalization that is not folded, or arithmetic with a constant.
/// </summary>
internal sealed unsafe class AffineStep : Step, IDisposable
{
    private readonly Value _input;
    private readonly int _firstChannel;
    private readonly Activation _activation;
    private readonly AlignedMemory _scaleAndShift;

    /// <param name="input">A map or vector.</param>
    /// <param name="firstChannel">The channel of the input for the first of the output.</param>
    /// <param name="output">A value of the same size, with as many channels or fewer.</param>
    /// <param name="scale">[channels].</param>
    /// <param name="shift">[channels].</param>
    /// <param name="activation">The activation to apply to the output.</param>
    public AffineStep(
        Value input, int firstChannel, Value output, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Activation activation)
        : base(output, input)
    {
        (_input, _firstChannel, _activation) = (input, firstChannel, activation);
        _scaleAndShift = new AlignedMemory(2L * output.Layout.PixelStride);
        scale.CopyTo(_scaleAndShift.Span);
        shift.CopyTo(_scaleAndShift.Span[output.Layout.PixelStride..]);
    }

    public override string Description => $"affine on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    public override bool CanLimitRows => true;

    public override int RowsRead(int input, int rows) => RowsOfSameHeight(Inputs[input], rows);

    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout layout = Output.Layout;
        (float minimum, float maximum) = _activation.ClampRange;
        // A value of its own has the output's padding lanes; those of a part may be beyond the end of its memory.
        int length = _firstChannel == 0 && _input.Layout.PixelStride == layout.PixelStride ? layout.PixelStride : layout.Channels;
        float* scale = _scaleAndShift.Pointer, shift = scale + layout.PixelStride;
        for (int y = from; y < to; y++)
        {
            float* source = workspace.Origins[_input.Index] + ((nint)y * _input.Layout.RowStride) + _firstChannel;
            float* target = workspace.Origins[Output.Index] + ((nint)y * layout.RowStride);
            for (int x = 0; x < layout.Width; x++)
            {
                Elementwise.Affine(
                    source + ((nint)x * _input.Layout.PixelStride),
                    scale,
                    shift,
                    target + ((nint)x * layout.PixelStride),
                    length,
                    minimum,
                    maximum);
            }

            if (!_activation.IsClamp)
            {
                _activation.Apply(target, target, layout.Width * layout.PixelStride);
            }
        }
    }

    public void Dispose() => _scaleAndShift.Dispose();
}
