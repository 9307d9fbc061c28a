using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Execution.Steps;

/// <summary>The mean or maximum of each channel over a whole map, or over the sums of its rows. Threads share the channels.</summary>
/// <param name="input">A map, or the sums of a map's rows.</param>
/// <param name="output">A vector.</param>
/// <param name="kind">The mean or the maximum.</param>
/// <param name="count">The number of values of a channel to divide by.</param>
internal sealed unsafe class GlobalPoolingStep(Value input, Value output, PoolingKind kind, int count) : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description => $"global {kind} pooling of {_input.Layout.Height}x{_input.Layout.Width}x{_input.Layout.Channels}";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override void RunRows(Workspace workspace, int from, int to) => Pool(workspace, 0, Output.Layout.PixelStride);

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        const int Grain = 16;
        int blocks = (Output.Layout.PixelStride + Grain - 1) / Grain;
        Pool(workspace, blocks * part / parts * Grain, Math.Min(Output.Layout.PixelStride, blocks * (part + 1) / parts * Grain));
    }

    private void Pool(Workspace workspace, int channel, int channelEnd)
    {
        FeatureMapLayout layout = _input.Layout;
        int length = channelEnd - channel;
        if (length <= 0)
        {
            return;
        }

        float* target = workspace.Origins[Output.Index] + channel;
        float* source = workspace.Origins[_input.Index] + channel;
        var pixels = new PixelWindow(layout.Height, layout.RowStride, layout.Width, layout.PixelStride);
        if (kind == PoolingKind.Maximum)
        {
            Elementwise.MaximumOfPixels(source, pixels, target, length);
        }
        else
        {
            Elementwise.SumPixels(source, pixels, target, length);
            Elementwise.Scale(target, length, 1f / count);
        }
    }
}
