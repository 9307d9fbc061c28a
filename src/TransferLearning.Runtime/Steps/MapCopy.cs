using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators.Strides;

namespace TransferLearning.Runtime.Steps;

/// <summary>Copies feature maps to and from plain arrays.</summary>
internal static unsafe class MapCopy
{
    /// <summary>The number of floats of a cache line: columns that are copied together.</summary>
    private const int Strip = 16;

    /// <summary>Copies a map to [C, H, W].</summary>
    public static void ToNchw(FeatureMapLayout layout, float* origin, Span<float> target) =>
        ToNchw(layout, origin, target, 0, layout.Height);

    /// <summary>Copies some rows of a map to their places in [C, H, W].</summary>
    public static void ToNchw(FeatureMapLayout layout, float* origin, Span<float> target, int from, int to)
    {
        int plane = layout.Height * layout.Width;
        foreach ((int row, int pixels) in Runs(layout, from, to))
        {
            float* source = origin + ((nint)row * layout.RowStride);
            int length = ((pixels - 1) * layout.PixelStride) + layout.Channels;
            for (int channel = 0; channel < layout.Channels; channel += Strip)
            {
                MatrixTransposition.Run(
                    new ReadOnlySpan<float>(source + channel, length - channel),
                    layout.PixelStride,
                    target[((channel * plane) + (row * layout.Width))..],
                    plane,
                    pixels,
                    Math.Min(Strip, layout.Channels - channel));
            }
        }
    }

    /// <summary>Copies some rows of [C, H, W] to a map; the padding channels become zero.</summary>
    public static void FromNchw(FeatureMapLayout layout, ReadOnlySpan<float> source, float* origin, int from, int to)
    {
        int plane = layout.Height * layout.Width, padding = layout.PixelStride - layout.Channels;
        foreach ((int row, int pixels) in Runs(layout, from, to))
        {
            float* target = origin + ((nint)row * layout.RowStride);
            for (int pixel = 0; pixel < pixels; pixel += Strip)
            {
                int width = Math.Min(Strip, pixels - pixel);
                float* first = target + ((nint)pixel * layout.PixelStride);
                MatrixTransposition.Run(
                    source[((row * layout.Width) + pixel)..],
                    plane,
                    new Span<float>(first, width * layout.PixelStride),
                    layout.PixelStride,
                    layout.Channels,
                    width);
                for (int i = 0; i < width && padding > 0; i++)
                {
                    new Span<float>(first + ((nint)i * layout.PixelStride) + layout.Channels, padding).Clear();
                }
            }
        }
    }

    /// <summary>Runs of pixels at equal distances: whole rows, all in one where there is no border between them.</summary>
    private static (int Row, int Pixels)[] Runs(FeatureMapLayout layout, int from, int to)
    {
        if (to <= from)
        {
            return [];
        }

        return layout.RowStride == layout.Width * layout.PixelStride
            ? [(from, (to - from) * layout.Width)]
            : [.. Enumerable.Range(from, to - from).Select(y => (y, layout.Width))];
    }

    /// <summary>
    /// Copies some rows of an image [H, W, C] to a map, scaled and shifted where asked for; the padding channels become zero.
    /// </summary>
    public static void FromNhwc(
        FeatureMapLayout layout, ReadOnlySpan<float> source, float* origin, int from, int to, InputScaling? scaling = null)
    {
        int rowLength = layout.Width * layout.Channels;
        for (int y = from; y < to; y++)
        {
            ReadOnlySpan<float> row = source.Slice(y * rowLength, rowLength);
            float* target = origin + ((nint)y * layout.RowStride);
            if (layout.PixelStride == layout.Channels)
            {
                Copy(row, target, scaling, 0);
                continue;
            }

            for (int x = 0; x < layout.Width; x++)
            {
                float* pixel = target + ((nint)x * layout.PixelStride);
                Copy(row.Slice(x * layout.Channels, layout.Channels), pixel, scaling, x * layout.Channels);
                new Span<float>(pixel + layout.Channels, layout.PixelStride - layout.Channels).Clear();
            }
        }
    }

    /// <param name="source">Consecutive elements of a row.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="scaling">How they are scaled; null where they are only copied.</param>
    /// <param name="first">The place of the first element in its row.</param>
    private static void Copy(ReadOnlySpan<float> source, float* target, InputScaling? scaling, int first)
    {
        if (scaling is null)
        {
            source.CopyTo(new Span<float>(target, source.Length));
            return;
        }

        fixed (float* elements = source, scale = scaling.Scale[first..], shift = scaling.Shift[first..])
        {
            Elementwise.Affine(elements, scale, shift, target, source.Length, float.NegativeInfinity, float.PositiveInfinity);
        }
    }
}
