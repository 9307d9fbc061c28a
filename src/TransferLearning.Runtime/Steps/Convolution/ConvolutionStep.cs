using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;

namespace TransferLearning.Runtime.Steps.Convolution;

/// <summary>
/// Convolution of any window, and matrix product as its 1 x 1 case, with bias, residual and clamp fused. Loops: block of pixels whose
/// input stays in cache, panel of output channels, block of inputs where there are many, tile of pixels. A tile may continue from the
/// end of a row in the next row. A gate (squeeze and excite), which is one factor per input channel of the image, is multiplied into a copy
/// of the weights: see <see cref="CanGate"/>. Of the input's channels, a convolution may read only some runs.
/// </summary>
internal sealed unsafe class ConvolutionStep : Step, IDisposable
{
    /// <summary>A tile may begin at any pixel of a row, so the tables of offsets continue for this many pixels after it.</summary>
    private const int TileReach = 16;

    /// <summary>
    /// The inputs that are multiplied at a time where there are more than <see cref="MaxDepth"/>: the weights of a panel then stay in the
    /// first-level cache while all pixels of a block, or all vectors of a batch, are computed.
    /// </summary>
    private const int DepthBlock = 384;

    // With fewer, keeping the sums between blocks costs more than it saves: ResNet-50's products of 1024 would take a tenth longer.
    private const int MaxDepth = 1024;

    /// <summary>The widest panel: three vectors.</summary>
    private const int MaxPanelWidth = 48;

    private readonly KernelSet _kernels;
    private readonly PackedConvolution _weights;
    private readonly Window _window;
    private readonly Value _input;
    private readonly Value? _residual;
    private readonly Value? _gate;
    private readonly ChannelRuns? _runs;
    private readonly float _minimum;
    private readonly float _maximum;
    private readonly Activation _activation;
    private readonly bool _fetches;
    private readonly int _depthBlocks;
    private int[]? _offsets;

    public ConvolutionStep(
        KernelSet kernels,
        Value input,
        Value output,
        Value? residual,
        PackedConvolution weights,
        Window window,
        Activation activation,
        Value? gate = null,
        ChannelRuns? runs = null)
        : base(output, [.. new[] { input, residual, gate }.OfType<Value>()])
    {
        (_kernels, _input, _residual, _gate, _runs) = (kernels, input, residual, gate, runs);
        (_weights, _window, _activation) = (weights, window, activation);
        (_minimum, _maximum) = activation.ClampRange;
        _fetches = weights.WeightBytes >= PackedConvolution.MinFetchedBytes && gate is null;
        // Whatever the number of images, so that it does not change the order of the sums.
        bool isDeep = weights.Segments == 1 && weights.SegmentLength > MaxDepth;
        _depthBlocks = isDeep ? (weights.SegmentLength + DepthBlock - 1) / DepthBlock : 1;
        window.RequireBorder(input, output.Layout.Height, output.Layout.Width);
    }

    public override Value? Replaceable => _residual == (_input.Whole ?? _input) ? null : _residual;

    public override string Description =>
        $"{(_gate is null ? "" : "gated ")}convolution {_window.Height}x{_window.Width}/{_window.StrideY} "
        + $"{_runs?.Count ?? _input.Layout.Channels}->{Output.Layout.Channels} on {Output.Layout.Height}x{Output.Layout.Width}";

    public bool IsPointwise => _window is { IsPoint: true, StrideY: 1, StrideX: 1 };

    /// <summary>The number of panels of output channels.</summary>
    public int Panels => _weights.Panels.Length;

    public override bool RunsBatches => base.RunsBatches && _window.IsPoint && _gate is null;

    public override long WeightBytes => _weights.WeightBytes;

    /// <summary>The number of gated weights.</summary>
    public override long ScratchLength => _gate is null ? 0 : _weights.WeightBytes / sizeof(float);

    /// <summary>
    /// Whether a convolution can multiply its weights by the gate of its input, and whether that is less work than multiplying the input:
    /// it is if there are fewer weights than input values.
    /// </summary>
    /// <param name="window">The window of the convolution.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="weights">The number of weights.</param>
    /// <param name="input">The map that is gated.</param>
    public static bool CanGate(Window window, int groups, int weights, FeatureMapLayout input) =>
        window.IsPoint && groups == 1 && weights < input.Height * input.Width * input.Channels;

    public override bool CanLimitRows => IsPointwise && Output.Whole is null;

    public override (int From, int To) InputRows(int from, int to) => _window.InputRows(from, to);

    public override int RowsRead(int input, int rows) =>
        IsPointwise && Inputs[input] != _gate ? RowsOfSameHeight(Inputs[input], rows) : base.RowsRead(input, rows);

    /// <summary>The output channel that a panel begins with; for the number of panels, the end of the last.</summary>
    public int FirstChannel(int panel) => panel < Panels
        ? _weights.Panels[panel].OutputChannel
        : _weights.Panels[^1].OutputChannel + _weights.Panels[^1].Width;

    public override void RunRows(Workspace workspace, int from, int to) => RunPanels(workspace, from, to, 0, Panels);

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        // Small maps with large weights: threads divide the panels, so that each reads only its share of the weights, unless the rows
        // divide more evenly.
        long inputBytes = (long)rows * _input.Layout.Width * InputChannels * sizeof(float);
        bool even = Panels >= 4 * parts || LargestShare(Panels, parts) <= LargestShare(rows, parts);
        if (rows < 2 * parts || (_weights.WeightBytes > inputBytes && even))
        {
            RunPanels(workspace, 0, rows, Panels * part / parts, Panels * (part + 1) / parts);
        }
        else
        {
            base.RunPart(workspace, rows, part, parts);
        }
    }

    public override void RunGroup(Workspace workspace, int images)
    {
        int rows = Rows;
        if (!ConvolutionLoops.Choose(images, rows, InputBytes(rows), _weights.WeightBytes, Panels).PanelsOutside)
        {
            base.RunGroup(workspace, images);
            return;
        }

        for (int panel = 0; panel < Panels; panel++)
        {
            for (int i = 0; i < images; i++)
            {
                workspace.Image = i;
                RunPanels(workspace, 0, rows, panel, panel + 1);
            }
        }

        workspace.Image = 0;
    }

    /// <summary>Computes some rows of the output channels of some panels.</summary>
    public void RunPanels(Workspace workspace, int from, int to, int firstPanel, int panelsEnd)
    {
        int panels = panelsEnd - firstPanel;
        int blocks = ConvolutionLoops.Choose(1, to - from, InputBytes(to - from), _weights.WeightBytes * panels / Panels, panels).Blocks;
        int blockRows = Math.Max(1, (to - from + blocks - 1) / blocks);
        float* output = workspace.Origins[Output.Index];
        float* weights = _gate is null ? _weights.Weights : GatedWeights(workspace, firstPanel, panelsEnd);
        fixed (int* table = _offsets ??= Offsets())
        {
            for (int y = from; y < to; y += blockRows)
            {
                int end = Math.Min(to, y + blockRows);
                for (int p = firstPanel; p < panelsEnd; p++)
                {
                    RunPanel(workspace, table, p, weights, y, end);
                }

                if (!_activation.IsClamp && firstPanel < panelsEnd)
                {
                    int channel = FirstChannel(firstPanel);
                    int channelEnd = Output.Layout.IsNarrow ? channel + Output.Layout.PixelStride
                        : panelsEnd == Panels && Output.Whole is null ? Output.Layout.PixelStride
                        : FirstChannel(panelsEnd);
                    _activation.Apply(Output.Layout, output, y, end, channel, channelEnd);
                }
            }
        }
    }

    public void Dispose() => _weights.Dispose();

    /// <summary>The bytes of input that the windows of some output rows cover; pixels that a stride skips do not count.</summary>
    private long InputBytes(int rows) => (long)rows * Math.Min(_window.StrideY, _window.Height)
        * Output.Layout.Width * Math.Min(_window.StrideX, _window.Width) * InputChannels * sizeof(float);

    /// <summary>The channels of a pixel that are read, with their padding.</summary>
    private int InputChannels => _runs?.Count ?? _input.Layout.PixelStride;

    private static double LargestShare(int count, int parts) => (double)((count + parts - 1) / parts) / count;

    /// <summary>
    /// Multiplies the weights of some panels by the gates of their input channels, into scratch memory at the same offsets.
    /// </summary>
    private float* GatedWeights(Workspace workspace, int firstPanel, int panelsEnd)
    {
        float* gate = workspace.Origins[_gate!.Index];
        for (int p = firstPanel; p < panelsEnd; p++)
        {
            WeightPanel panel = _weights.Panels[p];
            Elementwise.ScaleRows(
                _weights.Weights + panel.WeightOffset, gate, workspace.Scratch + panel.WeightOffset, _weights.SegmentLength, panel.Width);
        }

        return workspace.Scratch;
    }

    [SkipLocalsInit]
    private void RunPanel(Workspace workspace, int* table, int index, float* weights, int from, int to)
    {
        WeightPanel panel = _weights.Panels[index];
        FeatureMapLayout input = _input.Layout, output = Output.Layout;
        int width = output.Width;
        int entries = width + TileReach;
        ConvolutionTile tile = default;
        tile.SegmentOffsets = table + (3 * entries);
        tile.Segments = _weights.Segments;
        tile.SegmentLength = _weights.SegmentLength;
        tile.Weights = weights + panel.WeightOffset;
        tile.Bias = _weights.Bias + panel.OutputChannel;
        tile.Minimum = _minimum;
        tile.Maximum = _maximum;
        float* inputOrigin = workspace.Origins[_input.Index] + panel.InputChannel
            - ((nint)_window.Top * input.RowStride) - (_window.Left * input.PixelStride);
        float* outputOrigin = workspace.Origins[Output.Index] + panel.OutputChannel;
        float* residualOrigin = _residual is null ? null : workspace.Origins[_residual.Index] + panel.OutputChannel;
        nint inputRow = (nint)_window.StrideY * input.RowStride, outputRow = output.RowStride;
        nint residualRow = _residual is null ? 0 : _residual.Layout.RowStride;

        int pixels = (to - from) * width;
        float* zeros = stackalloc float[MaxPanelWidth];
        new Span<float>(zeros, MaxPanelWidth).Clear();
        for (int block = 0; block < _depthBlocks; block++)
        {
            int depth = _weights.SegmentLength * block / _depthBlocks, depthEnd = _weights.SegmentLength * (block + 1) / _depthBlocks;
            bool isLast = block + 1 == _depthBlocks;
            if (_depthBlocks > 1)
            {
                tile.SegmentLength = depthEnd - depth;
                tile.Weights = weights + panel.WeightOffset + ((nint)depth * panel.Width);
                (tile.Minimum, tile.Maximum) = isLast ? (_minimum, _maximum) : Activation.None.ClampRange;
            }

            if (block > 0)
            {
                // The sums so far are in the output, which tiles add like a residual.
                tile.Bias = zeros;
                residualOrigin = outputOrigin;
                residualRow = outputRow;
            }

            bool fetching = _fetches && (index + 1 < Panels || !isLast);
            var tiles = new TileDivision(_kernels, pixels, panel.Width, fetching);
            if (fetching)
            {
                // The weights of the next block, or of the next panel, follow.
                tiles.Fetch(&tile, tile.Weights + ((nint)_weights.Segments * tile.SegmentLength * panel.Width));
            }

            int y = from, x = 0;
            for (int left = pixels; left > 0;)
            {
                tile.Input = inputOrigin + depth + (y * inputRow);
                tile.InputOffsets = table + x;
                tile.Output = outputOrigin + (y * outputRow);
                tile.OutputOffsets = table + entries + x;
                if (residualOrigin != null)
                {
                    tile.Residual = residualOrigin + (y * residualRow);
                    tile.ResidualOffsets = table + (block > 0 ? entries : 2 * entries) + x;
                }

                int done = tiles.Run(&tile, left);
                left -= done;
                x += done;
                while (x >= width)
                {
                    x -= width;
                    y++;
                }
            }
        }
    }

    /// <summary>
    /// The tables of offsets: from the first pixel of a row to those after it, of input, output and residual; of segments.
    /// </summary>
    private int[] Offsets()
    {
        int width = Output.Layout.Width, entries = width + TileReach;
        int[] offsets = new int[(3 * entries) + _weights.Segments];
        for (int i = 0; i < entries; i++)
        {
            int y = i / width, x = i % width;
            offsets[i] = checked((y * _window.StrideY * _input.Layout.RowStride) + (x * _window.StrideX * _input.Layout.PixelStride));
            offsets[entries + i] = checked((y * Output.Layout.RowStride) + (x * Output.Layout.PixelStride));
            offsets[(2 * entries) + i] = _residual is null
                ? 0
                : checked((y * _residual.Layout.RowStride) + (x * _residual.Layout.PixelStride));
        }

        int[] starts = _runs?.Starts ?? [0];
        for (int s = 0; s < _weights.Segments; s++)
        {
            (int tap, int run) = Math.DivRem(s, starts.Length);
            int y = _weights.SegmentsAreRows ? tap : tap / _window.Width, x = _weights.SegmentsAreRows ? 0 : tap % _window.Width;
            offsets[(3 * entries) + s] = checked((y * _window.DilationY * _input.Layout.RowStride)
                + (x * _window.DilationX * _input.Layout.PixelStride) + starts[run]);
        }

        return offsets;
    }
}
