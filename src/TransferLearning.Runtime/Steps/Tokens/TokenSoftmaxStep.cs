using TransferLearning.Runtime.Kernels.Tokens;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>Softmax over the channels of each token.</summary>
internal sealed unsafe class TokenSoftmaxStep(Value input, Value output) : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description => $"softmax of {Output.Layout.Height}x{Output.Layout.Width} tokens over {Output.Layout.Channels}";

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
                float sum = RowKernels.Exponentials(x, t, target.Channels);
                RowKernels.Scale(t, t, target.Channels, 1 / sum);
            }
        }
    }
}
