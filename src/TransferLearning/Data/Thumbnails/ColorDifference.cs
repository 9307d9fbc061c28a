namespace TransferLearning.Data.Thumbnails;

/// <summary>How different the colors of two pictures are.</summary>
internal static class ColorDifference
{
    // Less color than this, in standard deviations of the brightness, is noise of the encoder.
    private const float MinDeviation = 0.15f;

    /// <summary>The root mean square of the differences of color, in standard deviations of the color.</summary>
    /// <param name="first">The first picture.</param>
    /// <param name="second">The second picture.</param>
    /// <param name="alignment">Where the first lies on the second.</param>
    /// <param name="brightness">The sums of the second picture's brightness, warped, and that of the first.</param>
    public static float Of(ThumbnailPyramid first, ThumbnailPyramid second, ThumbnailAlignment alignment, PairSums brightness)
    {
        var warped = new WarpedPicture(ImageThumbnail.ColorSide);
        float differences = 0, variance = 0;
        int count = 1;
        for (int color = 0; color < ImageThumbnail.Colors; color++)
        {
            warped.Set(second.Color(color), alignment);
            float sum = 0, squares = 0, otherSum = 0, otherSquares = 0;
            count = Math.Max(1, (warped.Bottom - warped.Top) * (warped.Right - warped.Left));
            for (int y = warped.Top; y < warped.Bottom; y++)
            {
                for (int i = (y * ImageThumbnail.ColorSide) + warped.Left; i < (y * ImageThumbnail.ColorSide) + warped.Right; i++)
                {
                    (float one, float other) = (first.Color(color)[i], brightness.Gain * warped.Pixels[i]);
                    differences += (one - other) * (one - other);
                    sum += one;
                    squares += one * one;
                    otherSum += other;
                    otherSquares += other * other;
                }
            }

            variance += MathF.Max(squares - (sum * sum / count), otherSquares - (otherSum * otherSum / count));
        }

        float deviation = MathF.Max(MathF.Sqrt(variance / count), MinDeviation * brightness.SecondDeviation);
        return deviation > 0 ? MathF.Sqrt(differences / count) / deviation : float.PositiveInfinity;
    }
}
