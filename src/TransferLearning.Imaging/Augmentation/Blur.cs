namespace TransferLearning.Imaging.Augmentation;

/// <summary>A light blur: 1 2 1 over 4 in both directions, about a Gaussian of a standard deviation of .7 pixels.</summary>
internal static class Blur
{
    /// <param name="pixels">[height, width, 3], changed in place.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="height">The number of rows.</param>
    public static void Apply(Span<byte> pixels, int width, int height)
    {
        byte[] line = new byte[Math.Max(width, height) * 3];
        for (int y = 0; y < height; y++)
        {
            Along(pixels[(y * width * 3)..], width, 3, line);
        }

        for (int x = 0; x < width; x++)
        {
            Along(pixels[(x * 3)..], height, width * 3, line);
        }
    }

    /// <summary>Blurs a row or a column.</summary>
    private static void Along(Span<byte> pixels, int count, int step, Span<byte> line)
    {
        for (int i = 0; i < count; i++)
        {
            pixels.Slice(i * step, 3).CopyTo(line[(i * 3)..]);
        }

        for (int i = 0; i < count; i++)
        {
            int before = Math.Max(i - 1, 0) * 3, after = Math.Min(i + 1, count - 1) * 3;
            for (int c = 0; c < 3; c++)
            {
                pixels[(i * step) + c] = (byte)((line[before + c] + (2 * line[(i * 3) + c]) + line[after + c] + 2) / 4);
            }
        }
    }
}
