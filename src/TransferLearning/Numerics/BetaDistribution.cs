namespace TransferLearning.Numerics;

/// <summary>The symmetric beta distribution, between 0 and 1.</summary>
internal static class BetaDistribution
{
    /// <summary>Draws a number: x / (x + y) of two gamma-distributed numbers.</summary>
    /// <param name="parameter">Both parameters, above 0: near 0 or 1 below 1, even at 1, near a half above.</param>
    /// <param name="random">The source.</param>
    public static double Sample(double parameter, Random random)
    {
        double x = LogGamma(parameter, random), y = LogGamma(parameter, random);
        return 1 / (1 + Math.Exp(y - x));
    }

    /// <summary>
    /// The logarithm of a gamma-distributed number (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000): numbers
    /// of small parameters are smaller than a double can be.
    /// </summary>
    private static double LogGamma(double parameter, Random random)
    {
        // Gamma(a) is Gamma(a + 1) times a uniform number to the power of 1 / a.
        double boost = parameter < 1 ? Math.Log(1 - random.NextDouble()) / parameter : 0;
        double d = (parameter < 1 ? parameter + 1 : parameter) - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double v = Math.Pow(1 + (c * normal), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (normal * normal / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return Math.Log(d * v) + boost;
            }
        }
    }
}
