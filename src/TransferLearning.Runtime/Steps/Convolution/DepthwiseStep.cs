using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Convolution;

/// <summary>
/// Depthwise convolution (as many groups as channels) with a generated kernel: square windows of 3, 5 or 7, stride 1 or 2, no dilation.
/// Loops: row, tile of neighboring outputs, channels. If global pooling reads the output, each row is summed while it is in cache.
/// </summary>
internal sealed unsafe class DepthwiseStep : Step, IDisposable
{
    private readonly KernelSet _kernels;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _bias;
    private readonly Window _window;
    private readonly Value _input;
    private readonly Activation _activation;
    private readonly Value? _rowSums;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="input">The map to filter.</param>
    /// <param name="output">The filtered map.</param>
    /// <param name="weights">[channels, 1, size, size].</param>
    /// <param name="bias">[channels], or empty.</param>
    /// <param name="window">A window that <see cref="Supports"/> accepts.</param>
    /// <param name="activation">The activation to apply to the output.</param>
    /// <param name="rowSums">A map with one pixel per output row, for the sums of its pixels; null where they are not needed.</param>
    public DepthwiseStep(
        KernelSet kernels,
        Value input,
        Value output,
        Tensor weights,
        ReadOnlySpan<float> bias,
        Window window,
        Activation activation,
        Value? rowSums = null)
        : base(output, input)
    {
        (_kernels, _input, _window, _activation, _rowSums) = (kernels, input, window, activation, rowSums);
        int channels = input.Layout.Channels, taps = window.Height * window.Width, lanes = kernels.Lanes;
        int padded = kernels.WholeVectors(channels);
        _weights = new AlignedMemory((long)padded * taps);
        _bias = new AlignedMemory(padded);
        bias.CopyTo(_bias.Span);
        ReadOnlySpan<float> source = weights.Floats;
        for (int c = 0; c < channels; c++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                _weights.Pointer[(((c / lanes * taps) + tap) * lanes) + (c % lanes)] = source[(c * taps) + tap];
            }
        }

        window.RequireBorder(input, output.Layout.Height, output.Layout.Width);
    }

    public override string Description =>
        $"depthwise {_window.Height}x{_window.Width}/{_window.StrideY} {_input.Layout.Channels} "
        + $"on {Output.Layout.Height}x{Output.Layout.Width}";

    public override IReadOnlyList<Value> SideOutputs => _rowSums is null ? [] : [_rowSums];

    public override bool RunsBatches => false;

    /// <summary>Whether there is a kernel for a window.</summary>
    public static bool Supports(Window window) =>
        window is { DilationY: 1, DilationX: 1 } && window.Height == window.Width && window.StrideX == window.StrideY
        && window.Height is 3 or 5 or 7 && window.StrideX is 1 or 2;

    public override (int From, int To) InputRows(int from, int to) => _window.InputRows(from, to);

    public override void RunRows(Workspace workspace, int from, int to) => RunChannels(workspace, from, to, 0, Output.Layout.PixelStride);

    /// <summary>Computes some rows of some channels; the first channel is a multiple of a vector's lanes.</summary>
    public void RunChannels(Workspace workspace, int from, int to, int channel, int channelEnd)
    {
        int computed = Math.Min(channelEnd, Output.Layout.Channels) - channel;
        FeatureMapLayout input = _input.Layout, output = Output.Layout;
        (float minimum, float maximum) = _activation.ClampRange;
        DepthwiseTile tile;
        tile.InputPixelStride = input.PixelStride;
        tile.InputRowStride = input.RowStride;
        tile.OutputPixelStride = output.PixelStride;
        tile.Channels = _kernels.WholeVectors(computed);
        tile.Weights = _weights.Pointer + ((nint)channel * _window.Height * _window.Width);
        tile.Bias = _bias.Pointer + channel;
        tile.Minimum = minimum;
        tile.Maximum = maximum;
        for (int y = from; y < to; y++)
        {
            tile.Input = workspace.Origins[_input.Index] + channel
                + ((((nint)y * _window.StrideY) - _window.Top) * input.RowStride) - (_window.Left * input.PixelStride);
            tile.Output = workspace.Origins[Output.Index] + channel + ((nint)y * output.RowStride);
            int left = output.Width;
            foreach (int outputs in _kernels.DepthwiseOutputs)
            {
                delegate*<DepthwiseTile*, void> kernel = _kernels.Depthwise(_window.Height, _window.StrideX, outputs);
                for (; left >= outputs; left -= outputs)
                {
                    kernel(&tile);
                    tile.Input += (nint)outputs * _window.StrideX * input.PixelStride;
                    tile.Output += (nint)outputs * output.PixelStride;
                }
            }

            if (!_activation.IsClamp)
            {
                _activation.Apply(output, workspace.Origins[Output.Index], y, y + 1, channel, channelEnd);
            }

            if (_rowSums is not null)
            {
                float* row = workspace.Origins[Output.Index] + channel + ((nint)y * output.RowStride);
                float* sums = workspace.Origins[_rowSums.Index] + channel + ((nint)y * _rowSums.Layout.RowStride);
                Elementwise.SumPixels(row, new PixelBlock(1, output.RowStride, output.Width, output.PixelStride), sums, computed);
            }
        }
    }

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }
}
