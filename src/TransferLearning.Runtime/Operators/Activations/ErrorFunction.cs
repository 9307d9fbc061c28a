namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>The Gauss error function, which .NET lacks.</summary>
internal static class ErrorFunction
{
    /// <summary>
    /// erf(x) = 2/sqrt(pi) * exp(-x^2) * sum over n of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): all terms have one sign, so that nothing
    /// cancels (Abramowitz and Stegun, 7.1.6).
    /// </summary>
    public static double Erf(double x)
    {
        // Beyond 6 the difference to 1 is below the resolution of a double.
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
