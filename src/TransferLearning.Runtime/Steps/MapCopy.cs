using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps;

/// <summary>Copies feature maps to and from plain arrays.</summary>
internal static unsafe class MapCopy
{
    /// <summary>Copies a map to [C, H, W].</summary>
    public static void ToNchw(FeatureMapLayout layout, float* origin, Span<float> target)
    {
        int plane = layout.Height * layout.Width;
        for (int y = 0; y < layout.Height; y++)
        {
            for (int x = 0; x < layout.Width; x++)
            {
                float* pixel = origin + ((nint)y * layout.RowStride) + ((nint)x * layout.PixelStride);
                for (int c = 0; c < layout.Channels; c++)
                {
                    target[(c * plane) + (y * layout.Width) + x] = pixel[c];
                }
            }
        }
    }

    /// <summary>Copies [C, H, W] to a map; the padding channels become zero.</summary>
    public static void FromNchw(FeatureMapLayout layout, ReadOnlySpan<float> source, float* origin)
    {
        int plane = layout.Height * layout.Width;
        for (int y = 0; y < layout.Height; y++)
        {
            for (int x = 0; x < layout.Width; x++)
            {
                float* pixel = origin + ((nint)y * layout.RowStride) + ((nint)x * layout.PixelStride);
                for (int c = 0; c < layout.PixelStride; c++)
                {
                    pixel[c] = c < layout.Channels ? source[(c * plane) + (y * layout.Width) + x] : 0;
                }
            }
        }
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
