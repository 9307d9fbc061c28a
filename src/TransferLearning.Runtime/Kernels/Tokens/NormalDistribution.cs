using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>
/// Phi(x) - 1/2 for whole vectors of float32, with Phi the cumulative distribution function of the normal distribution: the gate of GELU,
/// and half of erf(x / sqrt(2)). An odd rational function of degree 11 by 10, fitted for the least absolute error on -5.6..5.6 (1e-8);
/// beyond that, Phi is 0 or 1 to the precision of float32. The absolute error is below 2e-7.
/// </summary>
internal static class NormalDistribution
{
    private const float MaxArgument = 5.6f;

    private const float P0 = 0.39894222180f, P1 = 0.034374803934f, P2 = 0.0047071528740f, P3 = 1.7383316795e-4f, P4 = 6.3560366528e-6f,
        P5 = 2.2144139375e-8f;

    private const float Q1 = 0.25283057175f, Q2 = 0.028939271914f, Q3 = 0.0019128831155f, Q4 = 7.5094232e-5f, Q5 = 1.1801399715e-6f;

    /// <summary>Phi(x) - 1/2; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> CenteredCumulative(Vector<float> x)
    {
        // The operand that may be NaN comes second, as the processor's minimum and maximum return the second of two where one is NaN.
        x = Vector.MinNative(new Vector<float>(MaxArgument), Vector.MaxNative(new Vector<float>(-MaxArgument), x));
        Vector<float> t = x * x;
        var p = Vector.MultiplyAddEstimate(new Vector<float>(P5), t, new Vector<float>(P4));
        var q = Vector.MultiplyAddEstimate(new Vector<float>(Q5), t, new Vector<float>(Q4));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(P3));
        q = Vector.MultiplyAddEstimate(q, t, new Vector<float>(Q3));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(P2));
        q = Vector.MultiplyAddEstimate(q, t, new Vector<float>(Q2));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(P1));
        q = Vector.MultiplyAddEstimate(q, t, new Vector<float>(Q1));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(P0));
        q = Vector.MultiplyAddEstimate(q, t, Vector<float>.One);
        Vector<float> inside = x * p / q;
        var half = Vector.CopySign(new Vector<float>(0.5f), x);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(Vector.Abs(x), new Vector<float>(MaxArgument)), half, inside);
    }
}
