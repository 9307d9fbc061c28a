namespace TransferLearning.Imaging.Tests;

/// <summary>Synthetic images.</summary>
internal static class TestImages
{
    /// <summary>Smooth colors with some seeded noise, as a photo has.</summary>
    public static RgbImage Smooth(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y, int channel) = (i / 3 % width, i / 3 / width, i % 3);
            double value = 128 + (90 * Math.Sin((x / 11.0) + channel) * Math.Cos((y / 8.0) - channel)) + random.Next(-5, 6);
            pixels[i] = (byte)Math.Clamp(value, 0, 255);
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>Uniform noise.</summary>
    public static RgbImage Noise(int width, int height, int seed = 1)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    /// <summary>The mean of the absolute differences of two images' values.</summary>
    public static double MeanDifference(RgbImage a, RgbImage b)
    {
        (a.Width, a.Height).ShouldBe((b.Width, b.Height));
        long sum = 0L;
        for (int i = 0; i < a.Pixels.Length; i++)
        {
            sum += Math.Abs(a.Pixels[i] - b.Pixels[i]);
        }

        return (double)sum / a.Pixels.Length;
    }
}
