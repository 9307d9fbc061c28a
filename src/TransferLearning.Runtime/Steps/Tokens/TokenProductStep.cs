using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// The product of tokens and constant weights, with bias, residual and activation fused. Loops: block of tokens, block of input channels,
/// panel of output channels, tile of tokens: a block's input stays in the second-level cache, and a panel's weights in the first. Sums are
/// continued from block to block in the output.
/// </summary>
internal sealed unsafe class TokenProductStep : Step, IDisposable
{
    /// <summary>The maximum number of input channels of a block: the weights of a panel of 16 channels then take 24 KB.</summary>
    private const int MaxBlockChannels = 384;

    /// <summary>The input of a block: a share of the second-level cache.</summary>
    private const int BlockBytes = 320 * 1024;

    /// <summary>The maximum number of tokens of a block: what gets its activation together then takes 128 KB.</summary>
    private const int MaxBlockTokens = 256;

    /// <summary>The number of tokens up to which a group of images reads each weight once.</summary>
    private const int MaxSharedTokens = 64;

    /// <summary>The number of panels whose output gets its activation together.</summary>
    private const int ActivatedPanels = 8;

    private const int MaxPanelWidth = 48;

    private readonly KernelSet _kernels;
    private readonly Value _input;
    private readonly Value? _residual;
    private readonly PackedConvolution _weights;
    private readonly AlignedMemory _zeros = new(MaxPanelWidth);
    private readonly Activation _activation;
    private Offsets? _offsets;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="input">One pixel per token.</param>
    /// <param name="output">As many rows and columns of pixels.</param>
    /// <param name="residual">Of the output's size; null for none.</param>
    /// <param name="weights">Packed for a window of one pixel. The step owns them.</param>
    /// <param name="activation">The activation to apply to the output.</param>
    public TokenProductStep(
        KernelSet kernels, Value input, Value output, Value? residual, PackedConvolution weights, Activation activation)
        : base(output, residual is null ? [input] : [input, residual])
    {
        (_kernels, _input, _residual, _weights, _activation) = (kernels, input, residual, weights, activation);
        input.Layout.RequireSize(output.Layout.Height, output.Layout.Width, weights.SegmentLength);
        residual?.Layout.RequireSize(output.Layout.Height, output.Layout.Width, output.Layout.Channels);
    }

    public override string Description =>
        $"product {_input.Layout.Channels}->{Output.Layout.Channels} of {Output.Layout.Height}x{Output.Layout.Width} tokens"
        + $"{(_residual is null ? "" : " + residual")}{(_activation.IsClamp ? "" : $" {_activation.Kind}")}";

    public override Value? Replaceable => _residual == (_input.Whole ?? _input) ? null : _residual;

    public override bool RunsBatches => false;

    public override bool CanLimitRows => Output.Whole is null;

    public override long WeightBytes => _weights.WeightBytes;

    public override int RowsRead(int input, int rows) => RowsOfSameHeight(Inputs[input], rows);

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, from, to, 0, _weights.Panels.Length);

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        // Few tokens: threads divide the panels, so that each reads only its share of the weights.
        int panels = _weights.Panels.Length;
        bool few = rows < 2 * parts || rows * (long)_input.Layout.RowStride * sizeof(float) < _weights.WeightBytes;
        if (few && panels >= 4 * parts)
        {
            Run(workspace, 0, rows, panels * part / parts, panels * (part + 1) / parts);
        }
        else
        {
            base.RunPart(workspace, rows, part, parts);
        }
    }

    public override void RunGroup(Workspace workspace, int images)
    {
        if (Rows * Output.Layout.Width > MaxSharedTokens)
        {
            base.RunGroup(workspace, images);
            return;
        }

        for (int panel = 0; panel < _weights.Panels.Length; panel++)
        {
            for (int i = 0; i < images; i++)
            {
                workspace.Image = i;
                Run(workspace, 0, Rows, panel, panel + 1);
            }
        }

        workspace.Image = 0;
    }

    public void Dispose()
    {
        _weights.Dispose();
        _zeros.Dispose();
    }

    /// <summary>Computes some rows of the output channels of some panels.</summary>
    private void Run(Workspace workspace, int from, int to, int firstPanel, int panelsEnd)
    {
        if (from >= to || firstPanel >= panelsEnd)
        {
            return;
        }

        int width = Output.Layout.Width, tokens = (to - from) * width, channels = _weights.SegmentLength;
        int channelBlocks = (channels + MaxBlockChannels - 1) / MaxBlockChannels;
        int blockChannels = (channels + channelBlocks - 1) / channelBlocks;
        long blockTokens = Math.Clamp(BlockBytes / sizeof(float) / blockChannels, 1, MaxBlockTokens);
        int blocks = (int)((tokens + blockTokens - 1) / blockTokens);
        Offsets offsets = _offsets ??= new Offsets(_input.Layout, Output.Layout, _residual?.Layout);
        fixed (int* inputs = offsets.Input, outputs = offsets.Output, residuals = offsets.Residual)
        {
            var tile = new ConvolutionTile { InputOffsets = inputs, OutputOffsets = outputs, ResidualOffsets = residuals };
            for (int block = 0; block < blocks; block++)
            {
                int first = (from * width) + (int)((long)tokens * block / blocks);
                int end = (from * width) + (int)((long)tokens * (block + 1) / blocks);
                for (int channel = 0; channel < channels; channel += blockChannels)
                {
                    int count = Math.Min(blockChannels, channels - channel);
                    for (int panel = firstPanel; panel < panelsEnd; panel++)
                    {
                        RunPanel(workspace, tile, panel, first, end, channel, count);
                        bool completes = (panel + 1 - firstPanel) % ActivatedPanels == 0 || panel + 1 == panelsEnd;
                        if (completes && channel + count == channels && !_activation.IsClamp)
                        {
                            int panels = ((panel - firstPanel) % ActivatedPanels) + 1;
                            Activate(workspace.Origins[Output.Index], outputs, first, end, panel + 1 - panels, panel);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Adds the products of some input channels to the output channels of a panel.</summary>
    private void RunPanel(Workspace workspace, ConvolutionTile tile, int index, int first, int end, int channel, int count)
    {
        WeightPanel panel = _weights.Panels[index];
        bool begins = channel == 0, ends = channel + count == _weights.SegmentLength;
        int segment = 0;
        tile.SegmentOffsets = &segment;
        tile.Segments = 1;
        tile.SegmentLength = count;
        tile.Weights = _weights.Weights + panel.WeightOffset + ((nint)channel * panel.Width);
        tile.Bias = begins ? _weights.Bias + panel.OutputChannel : _zeros.Pointer;
        (float minimum, float maximum) = _activation.ClampRange;
        (tile.Minimum, tile.Maximum) = ends ? (minimum, maximum) : (float.NegativeInfinity, float.PositiveInfinity);
        tile.Input = workspace.Origins[_input.Index] + channel;
        tile.Output = workspace.Origins[Output.Index] + panel.OutputChannel;
        float* residual = _residual is null ? null : workspace.Origins[_residual.Index] + panel.OutputChannel;
        int* inputs = tile.InputOffsets, outputs = tile.OutputOffsets, residuals = tile.ResidualOffsets;
        tile.Residual = begins ? residual : tile.Output;
        residuals = begins ? residuals : outputs;
        var tiles = new TileDivision(_kernels, end - first, panel.Width, fetching: false);
        for (int token = first; token < end;)
        {
            tile.InputOffsets = inputs + token;
            tile.OutputOffsets = outputs + token;
            tile.ResidualOffsets = residuals + token;
            token += tiles.Run(&tile, end - token);
        }
    }

    /// <summary>Applies the activation to the channels of some panels, while they are in the second-level cache.</summary>
    private void Activate(float* origin, int* outputs, int first, int end, int firstPanel, int lastPanel)
    {
        int channel = _weights.Panels[firstPanel].OutputChannel;
        int count = _weights.Panels[lastPanel].OutputChannel + _weights.Panels[lastPanel].Width - channel;
        for (int token = first; token < end; token++)
        {
            float* y = origin + outputs[token] + channel;
            _activation.Apply(y, y, count);
        }
    }

    /// <summary>The distances of all pixels from the first, in the memory of input, output and residual.</summary>
    private sealed class Offsets(FeatureMapLayout input, FeatureMapLayout output, FeatureMapLayout? residual)
    {
        public readonly int[] Input = Of(input);

        public readonly int[] Output = Of(output);

        public readonly int[] Residual = Of(residual ?? output);

        private static int[] Of(FeatureMapLayout layout)
        {
            int[] offsets = new int[layout.Height * layout.Width];
            for (int i = 0; i < offsets.Length; i++)
            {
                offsets[i] = checked((i / layout.Width * layout.RowStride) + (i % layout.Width * layout.PixelStride));
            }

            return offsets;
        }
    }
}
