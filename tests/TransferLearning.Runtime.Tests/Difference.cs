namespace TransferLearning.Runtime.Tests;

/// <summary>Measures the difference between results.</summary>
internal static class Difference
{
    /// <summary>The largest difference, relative to the largest expected magnitude.</summary>
    public static double Relative(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        actual.Length.ShouldBe(expected.Length);
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference = Math.Max(difference, double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs(actual[i] - expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return difference / Math.Max(largest, 1e-30);
    }
}
