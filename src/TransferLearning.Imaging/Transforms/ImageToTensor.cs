using System.Buffers;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Transforms;

/// <summary>Converts an image to the input tensor of a network, according to an <see cref="ImagePreprocessing"/>. Thread-safe.</summary>
internal static class ImageToTensor
{
    /// <summary>Resizes, crops and normalizes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="preprocessing">Size, resize mode, normalization.</param>
    /// <param name="destination">[Height, Width, 3], the channels in the order of the normalization; filled completely.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void Convert(RgbImage image, ImagePreprocessing preprocessing, Span<float> destination)
    {
        int rowLength = preprocessing.Width * 3;
        if (destination.Length != (long)preprocessing.Height * rowLength)
        {
            throw new ArgumentException(
                $"an input of {preprocessing.Width} x {preprocessing.Height} pixels takes {(long)preprocessing.Height * rowLength} floats, "
                + $"not {destination.Length}",
                nameof(destination));
        }

        var placement = ImagePlacement.Of(image.Width, image.Height, preprocessing);
        SourceRectangle part = placement.Source;
        var columns = new ResizeWeights(image.Width, part.Left, part.Width, placement.Width, preprocessing.Interpolation);
        var rows = new ResizeWeights(image.Height, part.Top, part.Height, placement.Height, preprocessing.Interpolation);
        if (placement.Width < preprocessing.Width || placement.Height < preprocessing.Height)
        {
            // The mean color.
            destination.Clear();
        }

        (int left, int right) = columns.Extent;
        int taps = HorizontalResize.PaddedTaps(columns);
        float[] expanded = ArrayPool<float>.Shared.Rent((right - left + taps) * 4);
        float[] broadcast = ArrayPool<float>.Shared.Rent(columns.Size * taps * 4);
        float[] lines = ArrayPool<float>.Shared.Rent((columns.Size * 6) + 1);
        try
        {
            HorizontalResize.Broadcast(columns, broadcast);
            expanded.AsSpan((right - left) * 4, taps * 4).Clear();
            Span<float> target = destination[(((placement.Top * preprocessing.Width) + placement.Left) * 3)..];
            Convert(image, preprocessing, columns, rows, expanded, broadcast, lines, target);
            Reorder(destination, preprocessing.Normalization.ChannelOrder);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(expanded);
            ArrayPool<float>.Shared.Return(broadcast);
            ArrayPool<float>.Shared.Return(lines);
        }
    }

    private static void Reorder(Span<float> pixels, ChannelOrder order)
    {
        switch (order)
        {
            case ChannelOrder.Rgb:
                break;
            case ChannelOrder.Bgr:
                for (int i = 0; i < pixels.Length - 2; i += 3)
                {
                    (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
                }

                break;
            default:
                throw new NotSupportedException($"the channel order {order} is not supported");
        }
    }

    // Each source row is resized once, then added to the few output rows that it contributes to, which are still in the cache.
    private static void Convert(
        RgbImage image,
        ImagePreprocessing preprocessing,
        ResizeWeights columns,
        ResizeWeights rows,
        float[] expanded,
        float[] broadcast,
        float[] lines,
        Span<float> destination)
    {
        PixelNormalization normalization = preprocessing.Normalization;
        int length = columns.Size * 3, stride = preprocessing.Width * 3;
        Span<float> offsets = lines.AsSpan(0, length);
        Span<float> line = lines.AsSpan(length, length + 1);
        var factor = Vector128.Create(1 / normalization.ScaleR, 1 / normalization.ScaleG, 1 / normalization.ScaleB, 0);
        for (int i = 0; i < length; i += 3)
        {
            offsets[i] = -normalization.MeanR / normalization.ScaleR;
            offsets[i + 1] = -normalization.MeanG / normalization.ScaleG;
            offsets[i + 2] = -normalization.MeanB / normalization.ScaleB;
        }

        bool isLimited = preprocessing.Interpolation != Interpolation.Bilinear;
        PixelLimits? lineLimits = isLimited ? new PixelLimits(factor, new float[length]) : null;
        PixelLimits? limits = isLimited ? new PixelLimits(factor, offsets) : null;
        (int left, int right) = columns.Extent;
        (int top, int bottom) = rows.Extent;
        int oldest = 0;
        for (int y = top; y < bottom; y++)
        {
            while (rows.First[oldest] + rows.Count[oldest] <= y)
            {
                oldest++;
            }

            if (rows.First[oldest] > y)
            {
                continue;
            }

            HorizontalResize.Expand(image.Pixels.Slice(((y * image.Width) + left) * 3, (right - left) * 3), expanded);
            HorizontalResize.Resize(expanded, left, columns, broadcast, factor, line);
            lineLimits?.Apply(line[..length]);
            for (int i = oldest; i < rows.Size && rows.First[i] <= y; i++)
            {
                float weight = rows.Weights[(i * rows.Taps) + y - rows.First[i]];
                Span<float> target = destination.Slice(i * stride, length);
                if (y == rows.First[i])
                {
                    VerticalResize.Start(line[..length], weight, offsets, target);
                }
                else
                {
                    VerticalResize.Add(line[..length], weight, target);
                }
            }
        }

        for (int i = 0; i < rows.Size; i++)
        {
            limits?.Apply(destination.Slice(i * stride, length));
        }
    }
}
