namespace TransferLearning.Benchmarks;

/// <summary>Random network inputs from a fixed seed.</summary>
internal static class SeededImages
{
    /// <summary>Values in -1..1, [batch, height, width, channels].</summary>
    public static float[] Create(int batch, int height, int width, int channels)
    {
        var random = new Random(1);
        float[] values = new float[batch * height * width * channels];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        return values;
    }
}
