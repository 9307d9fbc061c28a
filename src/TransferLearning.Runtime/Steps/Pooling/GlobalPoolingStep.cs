using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps.Pooling;

/// <summary>The mean or maximum of each channel over a whole map, or over the sums of its rows. Threads divide the channels.</summary>
/// <param name="input">A map, or the sums of a map's rows.</param>
/// <param name="output">A vector.</param>
/// <param name="kind">The mean or the maximum.</param>
/// <param name="count">The number of pixels of the map, by which a mean divides.</param>
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

        // Pixel by pixel, in the order of the memory: a block of channels at a time would jump from page to page.
        BinaryOperation operation = kind switch
        {
            PoolingKind.Maximum => BinaryOperation.Maximum,
            PoolingKind.Average => BinaryOperation.Add,
            _ => throw new InvalidOperationException($"there is no kernel for the global pooling {kind}"),
        };
        (float minimum, float maximum) = Activation.None.ClampRange;
        new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>(target, length));
        for (int i = 1; i < layout.Height * layout.Width; i++)
        {
            float* pixel = source + ((nint)(i / layout.Width) * layout.RowStride) + ((nint)(i % layout.Width) * layout.PixelStride);
            Elementwise.Binary(operation, target, pixel, target, length, minimum, maximum);
        }

        if (kind != PoolingKind.Maximum)
        {
            Elementwise.Scale(target, length, 1f / count);
        }
    }
}
