namespace TransferLearning.Numerics;

/// <summary>Student's t distribution (Abramowitz and Stegun, "Handbook of mathematical functions", 1964, 26.7.3 and 26.7.4).</summary>
internal static class StudentDistribution
{
    /// <summary>The probability that a value is within -t..t.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Within(double t, int degrees)
    {
        double angle = Math.Atan(t / Math.Sqrt(degrees));
        double cosine = Math.Cos(angle), square = cosine * cosine;
        bool odd = degrees % 2 == 1;
        double term = odd ? cosine : 1, sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k < degrees - 1; k += 2)
        {
            term *= square * (k - 1) / k;
            sum += term;
        }

        sum *= Math.Sin(angle);
        return odd ? 2 / Math.PI * (angle + sum) : sum;
    }

    /// <summary>The t for which <see cref="Within"/> is the given probability.</summary>
    /// <param name="probability">At least 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Bound(double probability, int degrees)
    {
        double low = 0, high = 1;
        while (Within(high, degrees) < probability)
        {
            high *= 2;
        }

        for (double middle = high / 2; low < middle && middle < high; middle = low + ((high - low) / 2))
        {
            (low, high) = Within(middle, degrees) < probability ? (middle, high) : (low, middle);
        }

        return high;
    }
}
