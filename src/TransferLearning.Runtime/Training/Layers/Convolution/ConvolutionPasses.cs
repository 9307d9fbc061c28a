using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>
/// The three products of a convolution in training, for some images and some panels of channels: output, gradient of the input, gradient of
/// the weights. Immutable once built, but for the packed weights; any number of threads may use it for different parts.
/// </summary>
internal sealed unsafe class ConvolutionPasses : IDisposable
{
    /// <summary>The pixels whose products go to a weight gradient together: as many as stay in the first-level cache.</summary>
    private const int GradientPixels = 128;

    /// <summary>The bytes of input of a block of pixels, which stay in the second-level cache while all panels read them.</summary>
    private const int BlockBytes = 192 * 1024;

    private readonly KernelSet _kernels;
    private readonly Window _window;
    private readonly FeatureMapLayout _output;
    private readonly FeatureMapLayout _gradient;
    private readonly InputGradientClass[] _classes;
    private readonly OffsetTable[] _classPixels;
    private readonly OffsetTable[] _classTargets;
    private readonly OffsetTable[] _classTaps;
    private readonly int[] _classSizes;
    private readonly ConvolutionGeometry _geometry;
    private readonly AlignedMemory _zeros;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="window">The window.</param>
    /// <param name="panels">How the weights are packed.</param>
    /// <param name="input">The layout in which images of the input are read.</param>
    /// <param name="inputGradient">The layout of the input's gradient.</param>
    /// <param name="output">The layout in which images of the output are written.</param>
    /// <param name="outputs">The layout of the output's gradient, without a border.</param>
    /// <param name="images">The largest number of images of a call.</param>
    public ConvolutionPasses(
        KernelSet kernels,
        Window window,
        PanelLayout panels,
        FeatureMapLayout input,
        FeatureMapLayout inputGradient,
        FeatureMapLayout output,
        FeatureMapLayout outputs,
        int images)
    {
        (_kernels, _window, _output, Panels) = (kernels, window, output, panels);

        // For the widest panel of input channels, and for all output channels.
        _zeros = new AlignedMemory(Math.Max(3 * kernels.Lanes, panels.Panels.Max(static p => p.OutputChannel + p.Width)));
        _classes = InputGradientClass.Of(window);
        _gradient = InputGradientClass.Bordered(_classes, window, inputGradient, outputs);
        _geometry = new ConvolutionGeometry(window, panels, input, output, _gradient, images);
        InputGradientWeights = new InputGradientWeights(kernels, panels, _classes);
        _classSizes = [.. _classes.Select(k => k.Rows(window, inputGradient) * k.Columns(window, inputGradient))];
        _classPixels = [.. _classes.Select(k => Offsets(k, _gradient, 1, 1, 0, 0))];
        _classTargets = [.. _classes.Select(k => Offsets(k, inputGradient, window.StrideY, window.StrideX, k.FirstY, k.FirstX))];
        _classTaps = [.. _classes.Select(k =>
            new OffsetTable(k.Taps.Select(t => (t.Y * _gradient.RowStride) + (t.X * _gradient.PixelStride))))];

        OffsetTable Offsets(InputGradientClass pixels, FeatureMapLayout layout, int stepY, int stepX, int firstY, int firstX)
        {
            int rows = pixels.Rows(window, inputGradient), columns = pixels.Columns(window, inputGradient);
            FeatureMapLayout size = layout with { Height = rows, Width = columns };
            return new OffsetTable(ConvolutionGeometry.Pixels(size, images).Select(p =>
                ConvolutionGeometry.OffsetOf(layout, (p.Image, (p.Y * stepY) + firstY, (p.X * stepX) + firstX))));
        }
    }

    public PanelLayout Panels { get; }

    /// <summary>The layout in which images of the output's gradient are read: with the border that the input's gradient needs.</summary>
    public FeatureMapLayout GradientLayout => _gradient;

    public InputGradientWeights InputGradientWeights { get; }

    /// <summary>The number of panels of input channels.</summary>
    public int InputPanels => InputGradientWeights.Panels[0].Length;

    /// <summary>Computes output channels of some images.</summary>
    /// <param name="input">The images.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="weights">The packed weights.</param>
    /// <param name="bias">The bias, padded to the last panel; null for none.</param>
    /// <param name="output">The first pixel of the first image of the output.</param>
    /// <param name="panels">The panels to compute.</param>
    public void Forward(MapView input, int images, float* weights, float* bias, float* output, Range panels)
    {
        ReadOnlySpan<WeightPanel> all = Panels.Panels.AsSpan(panels);
        int pixels = images * _output.Height * _output.Width;
        int block = BlockPixels(input.Layout.PixelStride * _window.StrideY * _window.StrideX);
        for (int start = 0; start < pixels; start += block)
        {
            foreach (WeightPanel panel in all)
            {
                ConvolutionTile tile = default;
                tile.Input = input.Origin + panel.InputChannel;
                tile.SegmentOffsets = _geometry.SegmentOffsets.Pointer;
                tile.Segments = Panels.Segments;
                tile.SegmentLength = Panels.SegmentLength;
                tile.Weights = weights + panel.WeightOffset;
                tile.Bias = (bias == null ? _zeros.Pointer : bias) + panel.OutputChannel;
                tile.Output = output + panel.OutputChannel;
                Run(&tile, _geometry.InputOffsets, _geometry.OutputOffsets, start, Math.Min(block, pixels - start), panel.Width);
            }
        }
    }

    /// <summary>Computes the gradients of input channels of some images.</summary>
    /// <param name="gradient">The gradient of the output, with its border.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="target">The first pixel of the first image of the input's gradient.</param>
    /// <param name="adds">Whether the gradients are added to those that are there.</param>
    /// <param name="panels">The panels of each class to compute.</param>
    public void InputGradient(MapView gradient, int images, float* target, bool adds, Range panels)
    {
        for (int k = 0; k < _classes.Length; k++)
        {
            int taps = _classes[k].Taps.Length, pixels = images * _classSizes[k];
            if (pixels == 0 || (taps == 0 && adds))
            {
                continue;
            }

            int block = BlockPixels(gradient.Layout.PixelStride);
            for (int start = 0; start < pixels; start += block)
            {
                foreach (WeightPanel panel in InputGradientWeights.Panels[k].AsSpan(panels))
                {
                    ConvolutionTile tile = default;
                    tile.Input = gradient.Origin + panel.InputChannel;
                    tile.SegmentOffsets = _classTaps[k].Pointer;
                    tile.Segments = taps;
                    tile.SegmentLength = Panels.BlockOutputs;
                    tile.Weights = InputGradientWeights.Weights + panel.WeightOffset;
                    tile.Bias = _zeros.Pointer;
                    tile.Output = target + panel.OutputChannel;
                    tile.Residual = adds ? tile.Output : null;
                    Run(&tile, _classPixels[k], _classTargets[k], start, Math.Min(block, pixels - start), panel.Width);
                }
            }
        }
    }

    /// <summary>
    /// Sums the gradients of weights over some images: those of one panel of output channels, from some consecutive values of a segment.
    /// </summary>
    /// <param name="input">The images of the input.</param>
    /// <param name="gradient">The gradient of the output, with its border.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="target">The gradients of all weights, packed.</param>
    /// <param name="adds">Whether they are added to those that are there.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="values">The values of the segment.</param>
    public void WeightGradient(
        MapView input, MapView gradient, int images, float* target, bool adds, WeightPanel panel, int segment, (int From, int To) values)
    {
        int pixels = images * _output.Height * _output.Width, count = values.To - values.From;
        int max = _kernels.MaxPixels(panel.Width);
        int tiles = (count + max - 1) / max, height = (count + tiles - 1) / tiles;
        WeightGradientTile tile = default;
        float* origin = input.Origin + panel.InputChannel + _geometry.SegmentOffsets.Pointer[segment];
        float* output = target + panel.WeightOffset + ((nint)segment * Panels.SegmentLength * panel.Width);
        tile.Gradient = gradient.Origin + panel.OutputChannel;
        for (int start = 0; start < pixels; start += GradientPixels)
        {
            tile.InputOffsets = _geometry.InputOffsets.Pointer + start;
            tile.GradientOffsets = _geometry.GradientOffsets.Pointer + start;
            tile.Pixels = Math.Min(GradientPixels, pixels - start);
            tile.Adds = adds || start > 0 ? 1 : 0;
            for (int value = values.From; value < values.To; value += height)
            {
                tile.Input = origin + value;
                tile.Output = output + ((nint)value * panel.Width);
                _kernels.WeightGradient(Math.Min(height, values.To - value), panel.Width)(&tile);
            }
        }
    }

    public void Dispose()
    {
        InputGradientWeights.Dispose();
        _zeros.Dispose();
    }

    private static int BlockPixels(int floatsPerPixel) => Math.Max(64, BlockBytes / sizeof(float) / floatsPerPixel);

    private void Run(ConvolutionTile* tile, OffsetTable inputs, OffsetTable outputs, int start, int pixels, int width)
    {
        tile->Minimum = float.NegativeInfinity;
        tile->Maximum = float.PositiveInfinity;
        tile->InputOffsets = inputs.Pointer + start;
        tile->OutputOffsets = outputs.Pointer + start;
        tile->ResidualOffsets = tile->OutputOffsets;
        var tiles = new TileDivision(_kernels, pixels, width, fetching: false);
        for (int left = pixels; left > 0;)
        {
            int done = tiles.Run(tile, left);
            left -= done;
            tile->InputOffsets += done;
            tile->OutputOffsets += done;
            tile->ResidualOffsets += done;
        }
    }
}
