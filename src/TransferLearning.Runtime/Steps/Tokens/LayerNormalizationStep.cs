using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>Layer normalization over the channels of each token, with scale and shift.</summary>
internal sealed unsafe class LayerNormalizationStep : TokenStep, IDisposable
{
    private readonly float _epsilon;
    private readonly AlignedMemory _scale;
    private readonly AlignedMemory _shift;

    /// <param name="input">One pixel per token.</param>
    /// <param name="output">A value of the same size.</param>
    /// <param name="scale">[channels].</param>
    /// <param name="shift">[channels], or empty for none.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public LayerNormalizationStep(Value input, Value output, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float epsilon)
        : base(input, output)
    {
        _epsilon = epsilon;
        input.Layout.RequireSize(output.Layout.Height, output.Layout.Width, scale.Length);
        (_scale, _shift) = (new AlignedMemory(scale.Length), new AlignedMemory(scale.Length));
        scale.CopyTo(_scale.Span);
        shift.CopyTo(_shift.Span);
    }

    public override string Description =>
        $"layer normalization on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    public void Dispose()
    {
        _scale.Dispose();
        _shift.Dispose();
    }

    protected override void RunToken(float* x, float* y, int channels) =>
        RowKernels.Normalize(x, _scale.Pointer, _shift.Pointer, y, channels, _epsilon);
}
