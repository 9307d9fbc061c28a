using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>Layer normalization over the channels of each token, with scale and shift.</summary>
internal sealed unsafe class LayerNormalizationStep : Step, IDisposable
{
    private readonly Value _input;
    private readonly float _epsilon;
    private readonly AlignedMemory _scale;
    private readonly AlignedMemory _shift;

    /// <param name="input">One pixel per token.</param>
    /// <param name="output">A value of the same size.</param>
    /// <param name="scale">[channels].</param>
    /// <param name="shift">[channels], or empty for none.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public LayerNormalizationStep(Value input, Value output, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float epsilon)
        : base(output, input)
    {
        (_input, _epsilon) = (input, epsilon);
        input.Layout.RequireSize(output.Layout.Height, output.Layout.Width, scale.Length);
        (_scale, _shift) = (new AlignedMemory(scale.Length), new AlignedMemory(scale.Length));
        scale.CopyTo(_scale.Span);
        shift.CopyTo(_shift.Span);
    }

    public override string Description =>
        $"layer normalization on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    public override bool CanLimitRows => true;

    public override int RowsRead(int input, int rows) => RowsOfSameHeight(_input, rows);

    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout source = _input.Layout, target = Output.Layout;
        for (int y = from; y < to; y++)
        {
            float* x = workspace.Origins[_input.Index] + ((nint)y * source.RowStride);
            float* t = workspace.Origins[Output.Index] + ((nint)y * target.RowStride);
            for (int i = 0; i < target.Width; i++, x += source.PixelStride, t += target.PixelStride)
            {
                RowKernels.Normalize(x, _scale.Pointer, _shift.Pointer, t, target.Channels, _epsilon);
            }
        }
    }

    public void Dispose()
    {
        _scale.Dispose();
        _shift.Dispose();
    }
}
