namespace TransferLearning.Imaging.Decoding;

/// <summary>Turns stored pixels upright according to their EXIF orientation.</summary>
internal static class Orientation
{
    /// <summary>Applies an orientation 1..8 to [height, width, 3] pixels. For 1, the image wraps the array without a copy.</summary>
    public static RgbImage Upright(byte[] pixels, int width, int height, int orientation)
    {
        if (orientation == 1)
        {
            return new RgbImage(width, height, pixels);
        }

        // The index of the stored origin in the upright image, and the index steps of a stored column and a stored row, in pixels.
        (int w, int h) = orientation >= 5 ? (height, width) : (width, height);
        (int origin, int columnStep, int rowStep) = orientation switch
        {
            2 => (w - 1, -1, w),
            3 => ((h * w) - 1, -1, -w),
            4 => ((h - 1) * w, 1, -w),
            5 => (0, w, 1),
            6 => (w - 1, w, -1),
            7 => ((h * w) - 1, -w, -1),
            8 => ((h - 1) * w, -w, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "an orientation is 1 to 8"),
        };

        byte[] upright = GC.AllocateUninitializedArray<byte>(pixels.Length);
        for (int y = 0; y < height; y++)
        {
            int target = (origin + (y * rowStep)) * 3;
            Span<byte> source = pixels.AsSpan(y * width * 3, width * 3);
            for (int x = 0; x < source.Length; x += 3, target += columnStep * 3)
            {
                upright[target] = source[x];
                upright[target + 1] = source[x + 1];
                upright[target + 2] = source[x + 2];
            }
        }

        return new RgbImage(w, h, upright);
    }
}
