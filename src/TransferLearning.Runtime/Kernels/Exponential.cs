using System.Numerics;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// exp and the logistic function for whole vectors of float32, to about one unit in the last place: exp(x) = 2^n exp(r) with n a whole number
/// and |r| at most ln(2) / 2, where a polynomial of degree 6, fitted for the least relative error (4e-9), takes the place of exp.
/// </summary>
internal static class Exponential
{
    /// <summary>Beyond these, 2^n would be no normal number.</summary>
    private const float Lowest = -87, Highest = 88;

    private const float Log2E = 1.44269504f;

    // ln(2) in two parts: n times the first is exact.
    private const float Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;

    /// <summary>exp(x), with x taken as -87 below that and as 88 above that.</summary>
    public static Vector<float> Of(Vector<float> x)
    {
        // The operand that may be NaN comes second: that is the one which the processor's minimum and maximum pass on.
        x = Vector.MinNative(new Vector<float>(Highest), Vector.MaxNative(new Vector<float>(Lowest), x));
        Vector<float> n = Vector.Round(x * Log2E);
        Vector<float> r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2High), x);
        r = Vector.MultiplyAddEstimate(n, new Vector<float>(-Ln2Low), r);
        Vector<float> p = Vector.MultiplyAddEstimate(new Vector<float>(0.001381461275741458f), r, new Vector<float>(0.008368710055947304f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(0.04166838899254799f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(0.1666652113199234f));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(0.4999999403953552f));
        p = Vector.MultiplyAddEstimate(p, r * r, r + Vector<float>.One);
        Vector<int> power = Vector.ShiftLeft(Vector.ConvertToInt32Native(n) + new Vector<int>(127), 23);
        return p * Vector.AsVectorSingle(power);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Vector<float> Logistic(Vector<float> x) => Vector<float>.One / (Vector<float>.One + Of(-x));
}
