namespace TransferLearning.Numerics;

/// <summary>The standard normal distribution (Abramowitz and Stegun, "Handbook of mathematical functions", 1964, 26.2.11).</summary>
internal static class NormalDistribution
{
    /// <summary>The probability that a value is within -z..z.</summary>
    /// <param name="z">At least 0.</param>
    public static double Within(double z)
    {
        double term = z, sum = z;
        for (int k = 3; term > sum * 1e-17; k += 2)
        {
            term *= z * z / k;
            sum += term;
        }

        return Math.Sqrt(2 / Math.PI) * Math.Exp(-z * z / 2) * sum;
    }

    /// <summary>The z for which <see cref="Within"/> is the given probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Bound(double probability)
    {
        // Doubles have no probability below 1 that needs more.
        double low = 0, high = 9;
        for (double middle = high / 2; low < middle && middle < high; middle = low + ((high - low) / 2))
        {
            (low, high) = Within(middle) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }
}
