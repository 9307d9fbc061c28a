using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// 1 + exp(-x), the denominator of the logistic function and of SiLU, for whole vectors of float32, by <see cref="Exponential"/>. The
/// absolute error of the quotient 1 / (1 + exp(-x)) is about 1e-7, its relative error 1e-6 from x = -10 on, and 6e-6 below that. Beyond
/// -87..87, of 1 and exp(-x) one is negligible beside the other.
/// </summary>
internal static class Logistic
{
    /// <summary>Whether the processor has the instructions of AVX-512 that the wider overload needs.</summary>
    public static bool Has512 => Avx512F.IsSupported;

    /// <summary>1 + exp(-x), with x limited to -87..87; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Denominator(Vector<float> x)
    {
        (Vector<float> fraction, Vector<float> power) = Exponential.Factors(x, -Exponential.Log2E);
        return Vector.MultiplyAddEstimate(fraction, power, Vector<float>.One);
    }

    /// <summary>1 + exp(-x), with x limited to -87..87; NaN for NaN. Only where <see cref="Has512"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Denominator(Vector512<float> x)
    {
        x = Vector512.MinNative(
            Vector512.Create(Exponential.MaxArgument), Vector512.MaxNative(Vector512.Create(-Exponential.MaxArgument), x));
        Vector512<float> n = Avx512F.RoundScale(x * -Exponential.Log2E, 0);
        var r = Vector512.FusedMultiplyAdd(x, Vector512.Create(-Exponential.Log2E), -n);
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(Exponential.C5), r, Vector512.Create(Exponential.C4));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(Exponential.C3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(Exponential.C2));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(Exponential.C1));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        return Vector512<float>.One + Avx512F.Scale(p, n);
    }
}
