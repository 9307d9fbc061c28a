using System.Numerics;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>Functions of vectors of float32, which .NET lacks.</summary>
internal static class VectorFunctions
{
    // The coefficients of both polynomials are fitted in Chebyshev points, the lowest power first: erf(x) / x in x^2 up to 1, and
    // -log(1 - erf(x)) in x from 1 to 4. The error of erf is below 2e-7.
    private static ReadOnlySpan<float> SmallErf =>
    [
        1.1283792f, -0.37612638f, 0.11283783f, -0.026865438f, 0.0052210535f, -0.00084843958f, 0.00011268247f, -9.6735703e-6f,
    ];

    private static ReadOnlySpan<float> LargeErf =>
    [
        -0.00040050066f, 1.1306045f, 0.63108885f, 0.11090742f, -0.026999498f, 0.0050210450f, -0.00067333774f, 6.0068825e-5f,
        -3.0952078e-6f, 6.5822022e-8f,
    ];

    /// <summary>1 / (1 + e^-x).</summary>
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Vector.Exp(-x));

    /// <summary>log(1 + x) for x of 0 and more, precise for small x as well (Kahan's quotient).</summary>
    public static Vector<float> LogOnePlus(Vector<float> x)
    {
        Vector<float> sum = Vector<float>.One + x;
        Vector<float> rounded = sum - Vector<float>.One;
        return Vector.ConditionalSelect(Vector.Equals(rounded, Vector<float>.Zero), x, Vector.Log(sum) * (x / rounded));
    }

    /// <summary>e^x - 1 for x of 0 and less, precise for small x as well (Kahan's quotient).</summary>
    public static Vector<float> ExpMinusOne(Vector<float> x)
    {
        var power = Vector.Exp(x);
        Vector<float> difference = power - Vector<float>.One;
        Vector<float> corrected = difference * (x / Vector.Log(power));
        return Vector.ConditionalSelect(
            Vector.Equals(difference, Vector<float>.Zero),
            x,
            Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(-16f)), difference, corrected));
    }

    /// <summary>log(1 + e^x).</summary>
    public static Vector<float> Softplus(Vector<float> x) => Vector.Max(x, Vector<float>.Zero) + LogOnePlus(Vector.Exp(-Vector.Abs(x)));

    /// <summary>The Gauss error function.</summary>
    public static Vector<float> Erf(Vector<float> x)
    {
        var distance = Vector.Abs(x);
        Vector<float> small = x * Polynomial(SmallErf, x * x);
        Vector<float> large = Vector<float>.One - Vector.Exp(-Polynomial(LargeErf, Vector.Min(distance, Vector.Create(4f))));
        var signed = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), -large, large);
        return Vector.ConditionalSelect(Vector.LessThan(distance, Vector<float>.One), small, signed);
    }

    /// <summary>The sum of coefficients[i] * x^i.</summary>
    private static Vector<float> Polynomial(ReadOnlySpan<float> coefficients, Vector<float> x)
    {
        var sum = Vector.Create(coefficients[^1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = Vector.MultiplyAddEstimate(sum, x, Vector.Create(coefficients[i]));
        }

        return sum;
    }
}
