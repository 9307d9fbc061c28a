using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// 1 + exp(-x), the denominator of the logistic function and of SiLU, for whole vectors of float32. exp(-x) = 2^n 2^r with n a whole number
/// and |r| at most a half; 2^r is approximated by a polynomial of degree 5, fitted for the least relative error (9e-8). The absolute error
/// of the quotient 1 / (1 + exp(-x)) is about 1e-7, its relative error 1e-6 from x = -10 on, and 6e-6 below that.
/// </summary>
internal static class Logistic
{
    /// <summary>
    /// Beyond this and its negative, 2^n would be no normal number, and of 1 and exp(-x) one is negligible beside the other.
    /// </summary>
    private const float MaxArgument = 87;

    private const float MinusLog2E = -1.44269504f;

    private const float C1 = 0.69314698f, C2 = 0.24022242f, C3 = 0.055507337f, C4 = 0.0096715126f, C5 = 0.0013264727f;

    // Adding it rounds a small number to a whole one; the lowest bits of the sum are that number plus the bias of an exponent.
    private const float RoundingShift = (3 << 22) + 127;

    /// <summary>Whether the processor has the instructions of AVX-512 that the wider overload needs.</summary>
    public static bool Has512 => Avx512F.IsSupported;

    /// <summary>1 + exp(-x), with x limited to -87..87; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Denominator(Vector<float> x)
    {
        // The operand that may be NaN comes second, as the processor's minimum and maximum return the second of two where one is NaN.
        x = Vector.MinNative(new Vector<float>(MaxArgument), Vector.MaxNative(new Vector<float>(-MaxArgument), x));
        var shifted = Vector.MultiplyAddEstimate(x, new Vector<float>(MinusLog2E), new Vector<float>(RoundingShift));
        Vector<float> n = shifted - new Vector<float>(RoundingShift);
        var r = Vector.MultiplyAddEstimate(x, new Vector<float>(MinusLog2E), -n);
        var p = Vector.MultiplyAddEstimate(new Vector<float>(C5), r, new Vector<float>(C4));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(C3));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(C2));
        p = Vector.MultiplyAddEstimate(p, r, new Vector<float>(C1));
        p = Vector.MultiplyAddEstimate(p, r, Vector<float>.One);
        var power = Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 23));
        return Vector.MultiplyAddEstimate(p, power, Vector<float>.One);
    }

    /// <summary>1 + exp(-x), with x limited to -87..87; NaN for NaN. Only where <see cref="Has512"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Denominator(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(MaxArgument), Vector512.MaxNative(Vector512.Create(-MaxArgument), x));
        Vector512<float> n = Avx512F.RoundScale(x * MinusLog2E, 0);
        var r = Vector512.FusedMultiplyAdd(x, Vector512.Create(MinusLog2E), -n);
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(C5), r, Vector512.Create(C4));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(C3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(C2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(C1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        return Vector512<float>.One + Avx512F.Scale(p, n);
    }
}
