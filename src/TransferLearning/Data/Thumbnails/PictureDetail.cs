using System.Runtime.CompilerServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>What is finer than about a sixth of a picture: its pixels less the mean of a window around each.</summary>
internal static class PictureDetail
{
    private const int Side = ImageThumbnail.Side;

    // The half width of the window: 5 of 32 pixels.
    private const int Radius = 2;

    /// <summary>The correlation of the details of two pictures where they overlap, -1..1.</summary>
    /// <param name="picture">[32, 32].</param>
    /// <param name="other">The other picture.</param>
    public static float Correlate(float[] picture, WarpedPicture other)
    {
        float[] first = Of(picture, other), second = Of(other.Pixels, other);
        var sums = default(PairSums);
        for (int y = other.Top; y < other.Bottom; y++)
        {
            int at = (y * Side) + other.Left, width = other.Right - other.Left;
            sums.Add(first.AsSpan(at, width), second.AsSpan(at, width));
        }

        return sums.Correlation;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Of(float[] pixels, WarpedPicture area)
    {
        float[] detail = Smooth(Smooth(pixels, area, isAcross: true), area, isAcross: false);
        for (int i = 0; i < detail.Length; i++)
        {
            detail[i] = pixels[i] - detail[i];
        }

        return detail;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Smooth(float[] pixels, WarpedPicture area, bool isAcross)
    {
        float[] smooth = new float[pixels.Length];
        (int step, int lineStep) = isAcross ? (1, Side) : (Side, 1);
        (int first, int end) = isAcross ? (area.Left, area.Right) : (area.Top, area.Bottom);
        (int firstLine, int endLine) = isAcross ? (area.Top, area.Bottom) : (area.Left, area.Right);
        for (int line = firstLine; line < endLine; line++)
        {
            for (int i = first; i < end; i++)
            {
                // The window is cut where the overlap ends.
                int from = Math.Max(first, i - Radius), to = Math.Min(end - 1, i + Radius);
                float sum = 0;
                for (int j = from; j <= to; j++)
                {
                    sum += pixels[(line * lineStep) + (j * step)];
                }

                smooth[(line * lineStep) + (i * step)] = sum / (to - from + 1);
            }
        }

        return smooth;
    }
}
