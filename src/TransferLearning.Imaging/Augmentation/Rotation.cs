namespace TransferLearning.Imaging.Augmentation;

/// <summary>Rotation around the center, with bilinear interpolation; beyond its edges, the image is mirrored.</summary>
internal static class Rotation
{
    /// <param name="pixels">[height, width, 3].</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="degrees">The angle, counterclockwise.</param>
    public static byte[] Rotate(byte[] pixels, int width, int height, double degrees)
    {
        byte[] rotated = GC.AllocateUninitializedArray<byte>(pixels.Length);
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        double centerX = (width - 1) / 2.0, centerY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double dx = x - centerX, dy = y - centerY;
                double sourceX = centerX + (cosine * dx) - (sine * dy), sourceY = centerY + (sine * dx) + (cosine * dy);
                Sample(pixels, width, height, sourceX, sourceY, rotated.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        return rotated;
    }

    private static void Sample(byte[] pixels, int width, int height, double x, double y, Span<byte> target)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        float right = (float)(x - left), bottom = (float)(y - top);
        int column0 = Mirrored(left, width) * 3, column1 = Mirrored(left + 1, width) * 3;
        int row0 = Mirrored(top, height) * width * 3, row1 = Mirrored(top + 1, height) * width * 3;
        for (int c = 0; c < 3; c++)
        {
            float above = pixels[row0 + column0 + c] + (right * (pixels[row0 + column1 + c] - pixels[row0 + column0 + c]));
            float below = pixels[row1 + column0 + c] + (right * (pixels[row1 + column1 + c] - pixels[row1 + column0 + c]));
            target[c] = (byte)(above + (bottom * (below - above)) + 0.5f);
        }
    }

    /// <summary>The position within the image that a position beyond its edge shows.</summary>
    private static int Mirrored(int position, int length)
    {
        int period = 2 * length;
        int within = ((position % period) + period) % period;
        return within < length ? within : period - 1 - within;
    }
}
