namespace TransferLearning.Cli.SampleData.Patterns;

/// <summary>
/// Sine and cosine by additions and multiplications only. Those of the C library differ in the last bit from platform to platform, and
/// so would the bytes of the images.
/// </summary>
internal static class Angle
{
    /// <summary>The sine of a number of turns (1 is the full circle), to about 1e-8.</summary>
    public static double Sin(double turns)
    {
        double t = turns - Math.Floor(turns + 0.5);
        if (t > 0.25)
        {
            t = 0.5 - t;
        }
        else if (t < -0.25)
        {
            t = -0.5 - t;
        }

        double x = t * (2 * Math.PI);
        double s = x * x;
        // The Taylor series to x^13 on -pi/2..pi/2.
        double sum = 1 - (s / 156);
        sum = 1 - (s / 110 * sum);
        sum = 1 - (s / 72 * sum);
        sum = 1 - (s / 42 * sum);
        sum = 1 - (s / 20 * sum);
        return x * (1 - (s / 6 * sum));
    }

    public static double Cos(double turns) => Sin(turns + 0.25);
}
