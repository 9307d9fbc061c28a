using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// 1 + exp(-x), what the logistic function and SiLU divide by, for whole vectors of float32. exp(-x) = 2^n 2^r with n a whole number and |r| at
/// most a half, where a polynomial of degree 5, fitted for the least relative error (9e-8), takes the place of 2^r. The quotient 1 / (1 + exp(-x))
/// is right to about 1e-7; relative to itself to 1e-6 from x = -10 on, and to 6e-6 where it vanishes.
/// </summary>
internal static class Logistic
{
    /// <summary>Beyond these, 2^n would be no normal number; exp(-x) is nothing beside 1, or 1 nothing beside it.</summary>
    private const float Farthest = 87;

    private const float MinusLog2E = -1.44269504f;

    private const float C1 = 0.69314698f, C2 = 0.24022242f, C3 = 0.055507337f, C4 = 0.0096715126f, C5 = 0.0013264727f;

    // Added to a small number, it leaves no bits for a fraction, and the whole number plus an exponent's bias in the lowest bits.
    private const float RoundingShift = (3 << 22) + 127;

    /// <summary>Whether the processor has the instructions of AVX-512 that the wider overload takes.</summary>
    public static bool Has512 => Avx512F.IsSupported;

    /// <summary>1 + exp(-x), with x taken as -87 below that and as 87 above that; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Denominator(Vector<float> x)
    {
        // The operand that may be NaN comes second: that is the one which the processor's minimum and maximum pass on.
        x = Vector.MinNative(new Vector<float>(Farthest), Vector.MaxNative(new Vector<float>(-Farthest), x));
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

    /// <summary>1 + exp(-x), with x taken as -87 below that and as 87 above that; NaN for NaN. Only where <see cref="Has512"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Denominator(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(Farthest), Vector512.MaxNative(Vector512.Create(-Farthest), x));
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
