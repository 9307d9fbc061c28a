using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>
/// Where the pixels and the taps of a convolution's window lie in memory, for the tile kernels: tables of offsets over the pixels of
/// several images.
/// </summary>
internal sealed class ConvolutionGeometry
{
    /// <param name="window">The window.</param>
    /// <param name="panels">How the weights are packed.</param>
    /// <param name="input">The layout in which an image of the input is read.</param>
    /// <param name="output">The layout in which an image of the output is written.</param>
    /// <param name="gradient">The layout in which an image of the output's gradient is read.</param>
    /// <param name="images">The number of images.</param>
    public ConvolutionGeometry(
        Window window, PanelLayout panels, FeatureMapLayout input, FeatureMapLayout output, FeatureMapLayout gradient, int images)
    {
        InputOffsets = new OffsetTable(Pixels(output, images).Select(p =>
            (p.Image * input.Length)
            + (((p.Y * window.StrideY) - window.Top) * input.RowStride) + (((p.X * window.StrideX) - window.Left) * input.PixelStride)));
        OutputOffsets = new OffsetTable(Pixels(output, images).Select(p => OffsetOf(output, p)));
        GradientOffsets = new OffsetTable(Pixels(output, images).Select(p => OffsetOf(gradient, p)));
        SegmentOffsets = new OffsetTable(Enumerable.Range(0, panels.Segments).Select(s =>
            panels.SegmentsAreRows
                ? s * window.DilationY * input.RowStride
                : (s / window.Width * window.DilationY * input.RowStride) + (s % window.Width * window.DilationX * input.PixelStride)));
    }

    /// <summary>For each output pixel, the top left of its window.</summary>
    public OffsetTable InputOffsets { get; }

    public OffsetTable OutputOffsets { get; }

    public OffsetTable GradientOffsets { get; }

    /// <summary>For each segment of the window, its distance from the window's top left.</summary>
    public OffsetTable SegmentOffsets { get; }

    /// <summary>The pixels of several images, row by row.</summary>
    public static IEnumerable<(int Image, int Y, int X)> Pixels(FeatureMapLayout layout, int images)
    {
        for (int i = 0; i < images; i++)
        {
            for (int y = 0; y < layout.Height; y++)
            {
                for (int x = 0; x < layout.Width; x++)
                {
                    yield return (i, y, x);
                }
            }
        }
    }

    public static int OffsetOf(FeatureMapLayout layout, (int Image, int Y, int X) pixel) =>
        checked((pixel.Image * layout.Length) + (pixel.Y * layout.RowStride) + (pixel.X * layout.PixelStride));
}
