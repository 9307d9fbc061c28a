using TransferLearning.Runtime.Steps.Convolution;

namespace TransferLearning.Runtime.Steps.Bands;

/// <summary>
/// A pointwise convolution and the depthwise convolution that is its only reader, run one block of channels at a time. For small maps with
/// large weights: the values in between stay in the first-level cache, each weight is read once, and no row is computed twice, even where
/// threads divide the channels.
/// </summary>
internal sealed unsafe class ChannelBandStep : Step, IDisposable
{
    private const int BlockChannels = 64;

    private readonly ConvolutionStep _expansion;
    private readonly DepthwiseStep _filter;
    private readonly Value _between;

    public ChannelBandStep(ConvolutionStep expansion, DepthwiseStep filter)
        : base(filter.Output, [.. expansion.Inputs])
    {
        (_expansion, _filter, _between) = (expansion, filter, expansion.Output);
        _between.Narrow(BlockChannels);
        ScratchLength = _between.Layout.Length;
    }

    /// <summary>The size of the buffer for a block of channels between the convolutions, in floats.</summary>
    public override long ScratchLength { get; }

    public override IReadOnlyList<Value> SideOutputs => _filter.SideOutputs;

    public override long WeightBytes => _expansion.WeightBytes;

    public override string Description => $"blocks of channels: {_expansion.Description} -> {_filter.Description}";

    public override bool RunsBatches => false;

    /// <summary>Whether the expansion has more weights than input; otherwise bands of rows keep more in cache.</summary>
    public static bool Suits(ConvolutionStep expansion, DepthwiseStep filter) =>
        expansion.WeightBytes > (long)expansion.Inputs[0].Layout.Length * sizeof(float) && filter.Output.Layout.Channels > BlockChannels;

    public override (int From, int To) InputRows(int from, int to) => _filter.InputRows(from, to);

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, images: 1, from, to, 0, _expansion.Panels);

    public override void RunGroup(Workspace workspace, int images) => Run(workspace, images, 0, Output.Layout.Height, 0, _expansion.Panels);

    public override void RunPart(Workspace workspace, int rows, int part, int parts) =>
        Run(workspace, images: 1, 0, rows, _expansion.Panels * part / parts, _expansion.Panels * (part + 1) / parts);

    public void Dispose()
    {
        _expansion.Dispose();
        _filter.Dispose();
    }

    /// <summary>Loops: block of panels, as many as the buffer holds; image.</summary>
    private void Run(Workspace workspace, int images, int from, int to, int firstPanel, int panelsEnd)
    {
        (int inputFrom, int inputTo) = _filter.InputRows(from, to);
        (inputFrom, inputTo) = (Math.Max(inputFrom, 0), Math.Min(inputTo, _between.Layout.Height));
        float* origin = workspace.Scratch + _between.Layout.Origin;

        // The convolutions leave the border as it is.
        ClearBorder(_between, origin, 0, _between.Layout.Height);
        for (int panel = firstPanel, end; panel < panelsEnd; panel = end)
        {
            int channel = _expansion.FirstChannel(panel);
            end = panel + 1;
            while (end < panelsEnd && _expansion.FirstChannel(end + 1) - channel <= BlockChannels)
            {
                end++;
            }

            int channelEnd = _expansion.FirstChannel(end);
            for (int i = 0; i < images; i++)
            {
                if (images > 1)
                {
                    workspace.Image = i;
                }

                workspace.Origins[_between.Index] = origin - channel;
                _expansion.RunPanels(workspace, inputFrom, inputTo, panel, end);
                _filter.RunChannels(workspace, from, to, channel, channelEnd);
            }
        }

        if (images > 1)
        {
            workspace.Image = 0;
        }
    }
}
