using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// exp(x) for whole vectors of float32: 2^n 2^r with n a whole number and |r| at most a half, and 2^r approximated by a polynomial of
/// degree 5, fitted for the least relative error (9e-8). The relative error is 2e-7 near 0 and 4e-6 at -87, as x is multiplied by
/// log2(e) in float32.
/// </summary>
internal static class Exponential
{
    /// <summary>Beyond this and its negative, 2^n would be no normal number.</summary>
    public const float MaxArgument = 87;

    public const float Log2E = 1.44269504f;

    /// <summary>The coefficients of the polynomial, whose constant is 1.</summary>
    public const float C1 = 0.69314698f, C2 = 0.24022242f, C3 = 0.055507337f, C4 = 0.0096715126f, C5 = 0.0013264727f;

    // Adding it rounds a small number to a whole one; the lowest bits of the sum are that number plus the bias of an exponent.
    private const float RoundingShift = (3 << 22) + 127;

    /// <summary>exp(x), with x limited to -87..87; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        (Vector<float> fraction, Vector<float> power) = Factors(x, Log2E);
        return fraction * power;
    }

    /// <summary>2^r and 2^n, whose product is 2^(x * factor), with x limited to -87..87; the first is NaN for NaN.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="factor"><see cref="Log2E"/> for exp(x), its negative for exp(-x).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> Fraction, Vector<float> Power) Factors(Vector<float> x, float factor)
    {
        // The operand that may be NaN comes second, as the processor's minimum and maximum return the second of two where one is NaN.
        x = Vector.MinNative(new Vector<float>(MaxArgument), Vector.MaxNative(new Vector<float>(-MaxArgument), x));
        var shifted = Vector.MultiplyAddEstimate(x, new Vector<float>(factor), new Vector<float>(RoundingShift));
        Vector<float> n = shifted - new Vector<float>(RoundingShift);
        var r = Vector.MultiplyAddEstimate(x, new Vector<float>(factor), -n);
        var p = Vector.MultiplyAddEstimate(new Vector<float>(C5), r, new Vector<float>(C4));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(C3));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(C2));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(C1));
        p = Vector.MultiplyAddEstimate(p, r, Vector<float>.One);
        return (p, Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 23)));
    }
}
