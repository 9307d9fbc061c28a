using TransferLearning.Runtime.Steps.Convolution;

namespace TransferLearning.Runtime.Steps.Bands;

/// <summary>
/// A pointwise convolution and the depthwise convolution that alone reads it, for small maps under large weights: run a block of channels at
/// a time, so that what lies between stays in the first-level cache, each weight is read once and no row is computed twice, also where
/// threads share the channels.
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

    /// <summary>The floats of a block of channels between the convolutions.</summary>
    public override long ScratchLength { get; }

    public override IReadOnlyList<Value> SideOutputs => _filter.SideOutputs;

    public override long WeightBytes => _expansion.WeightBytes;

    public override string Description => $"blocks of channels: {_expansion.Description} -> {_filter.Description}";

    public override bool RunsBatches => false;

    /// <summary>Whether the expansion's weights outweigh its input: else bands of rows keep more in cache.</summary>
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

    /// <summary>Loops: block of as many panels as fill the buffer, image.</summary>
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
