namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>A step that computes each token, a pixel, from the same token of its input. Loops: row, token.</summary>
/// <param name="input">One pixel per token.</param>
/// <param name="output">A value of the same size.</param>
internal abstract unsafe class TokenStep(Value input, Value output) : Step(output, input)
{
    private readonly Value _input = input;

    public sealed override bool CanLimitRows => true;

    public sealed override int RowsRead(int input, int rows) => RowsOfSameHeight(_input, rows);

    public sealed override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout source = _input.Layout, target = Output.Layout;
        for (int y = from; y < to; y++)
        {
            float* x = workspace.Origins[_input.Index] + ((nint)y * source.RowStride);
            float* t = workspace.Origins[Output.Index] + ((nint)y * target.RowStride);
            for (int i = 0; i < target.Width; i++, x += source.PixelStride, t += target.PixelStride)
            {
                RunToken(x, t, target.Channels);
            }
        }
    }

    /// <summary>Computes one token.</summary>
    /// <param name="x">Its channels in the input.</param>
    /// <param name="y">Its channels in the output.</param>
    /// <param name="channels">The number of channels, which bounds both.</param>
    protected abstract void RunToken(float* x, float* y, int channels);
}
