using TransferLearning.Runtime.Kernels.Tokens;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>Softmax over the channels of each token.</summary>
internal sealed unsafe class TokenSoftmaxStep(Value input, Value output) : TokenStep(input, output)
{
    public override string Description => $"softmax of {Output.Layout.Height}x{Output.Layout.Width} tokens over {Output.Layout.Channels}";

    protected override void RunToken(float* x, float* y, int channels)
    {
        float sum = RowKernels.Exponentials(x, y, channels);
        RowKernels.Scale(y, y, channels, 1 / sum);
    }
}
