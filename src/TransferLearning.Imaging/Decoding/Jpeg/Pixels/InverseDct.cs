using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>
/// The inverse cosine transform of an 8x8 block in 13-bit fixed point: the flow graph of Loeffler, Ligtenberg and Moschytz (1989) with 11
/// multiplications, columns first, then rows, rounded where libjpeg's accurate integer transform rounds, so that pixels are the same.
/// </summary>
internal static class InverseDct
{
    /// <summary>The bits that the first pass drops: the fraction but for 2 bits, which the second pass needs.</summary>
    public const int ColumnShift = FractionBits - 2;

    /// <summary>The bits that the second pass drops: the fraction, those 2 bits, and the factor of 8 of the transform.</summary>
    public const int RowShift = FractionBits + 2 + 3;

    private const int FractionBits = 13;

    /// <summary>Writes the 8x8 samples 0..255 of 64 dequantized coefficients [row, column].</summary>
    public static void Transform(ref int coefficients, ref byte samples, int stride)
    {
        if (Avx2.IsSupported)
        {
            InverseDctAvx2.Transform(ref coefficients, ref samples, stride);
        }
        else
        {
            TransformPortable(ref coefficients, ref samples, stride);
        }
    }

    /// <summary>As <see cref="Transform"/>, on any processor, with 4 columns at a time.</summary>
    public static void TransformPortable(ref int coefficients, ref byte samples, int stride)
    {
        Unsafe.SkipInit(out Workspace workspace);
        ref int work = ref Unsafe.As<Workspace, int>(ref workspace);
        TransformColumns(ref coefficients, ref work);
        TransformColumns(ref Unsafe.Add(ref coefficients, 4), ref Unsafe.Add(ref work, 32));
        TransformRows(ref work, ref samples, stride);
        TransformRows(ref Unsafe.Add(ref work, 4), ref Unsafe.Add(ref samples, stride * 4), stride);
    }

    /// <summary>Writes the 8x8 samples of a block that has only a DC coefficient.</summary>
    public static void Fill(int dc, ref byte samples, int stride)
    {
        byte value = (byte)Math.Clamp(((dc + 4) >> 3) + 128, 0, 255);
        ulong eight = value * 0x0101010101010101UL;
        for (int row = 0; row < 8; row++)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref samples, row * stride), eight);
        }
    }

    // 4 columns of [8, 8] to 4 rows of the transposed [8, 8].
    private static void TransformColumns(ref int source, ref int target)
    {
        var x0 = Vector128.LoadUnsafe(ref source);
        var x1 = Vector128.LoadUnsafe(ref source, 8);
        var x2 = Vector128.LoadUnsafe(ref source, 16);
        var x3 = Vector128.LoadUnsafe(ref source, 24);
        var x4 = Vector128.LoadUnsafe(ref source, 32);
        var x5 = Vector128.LoadUnsafe(ref source, 40);
        var x6 = Vector128.LoadUnsafe(ref source, 48);
        var x7 = Vector128.LoadUnsafe(ref source, 56);
        Pass(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7, ColumnShift);
        Lanes.Transpose(ref x0, ref x1, ref x2, ref x3);
        Lanes.Transpose(ref x4, ref x5, ref x6, ref x7);
        x0.StoreUnsafe(ref target);
        x4.StoreUnsafe(ref target, 4);
        x1.StoreUnsafe(ref target, 8);
        x5.StoreUnsafe(ref target, 12);
        x2.StoreUnsafe(ref target, 16);
        x6.StoreUnsafe(ref target, 20);
        x3.StoreUnsafe(ref target, 24);
        x7.StoreUnsafe(ref target, 28);
    }

    // 4 columns of the transposed [8, 8] to 4 rows of samples.
    private static void TransformRows(ref int source, ref byte samples, int stride)
    {
        var x0 = Vector128.LoadUnsafe(ref source);
        var x1 = Vector128.LoadUnsafe(ref source, 8);
        var x2 = Vector128.LoadUnsafe(ref source, 16);
        var x3 = Vector128.LoadUnsafe(ref source, 24);
        var x4 = Vector128.LoadUnsafe(ref source, 32);
        var x5 = Vector128.LoadUnsafe(ref source, 40);
        var x6 = Vector128.LoadUnsafe(ref source, 48);
        var x7 = Vector128.LoadUnsafe(ref source, 56);
        Pass(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7, RowShift);
        Lanes.Transpose(ref x0, ref x1, ref x2, ref x3);
        Lanes.Transpose(ref x4, ref x5, ref x6, ref x7);
        Store(x0, x4, ref samples);
        Store(x1, x5, ref Unsafe.Add(ref samples, stride));
        Store(x2, x6, ref Unsafe.Add(ref samples, stride * 2));
        Store(x3, x7, ref Unsafe.Add(ref samples, stride * 3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> left, Vector128<int> right, ref byte target)
    {
        var center = Vector128.Create(128);
        var top = Vector128.Create(255);
        left = Vector128.Min(Vector128.Max(left + center, Vector128<int>.Zero), top);
        right = Vector128.Min(Vector128.Max(right + center, Vector128<int>.Zero), top);
        Vector128<ushort> eight = Vector128.Narrow(left, right).AsUInt16();
        Unsafe.WriteUnaligned(ref target, Vector128.Narrow(eight, eight).AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector128<int> x0,
        ref Vector128<int> x1,
        ref Vector128<int> x2,
        ref Vector128<int> x3,
        ref Vector128<int> x4,
        ref Vector128<int> x5,
        ref Vector128<int> x6,
        ref Vector128<int> x7,
        int shift)
    {
        Vector128<int> even = (x2 + x6) * 4433; // sqrt(2) cos(6 pi / 16) = 0.541196100
        Vector128<int> even6 = even - (x6 * 15137); // 1.847759065
        Vector128<int> even2 = even + (x2 * 6270); // 0.765366865
        var round = Vector128.Create(1 << (shift - 1));
        Vector128<int> sum = ((x0 + x4) << FractionBits) + round;
        Vector128<int> difference = ((x0 - x4) << FractionBits) + round;
        Vector128<int> e0 = sum + even2;
        Vector128<int> e3 = sum - even2;
        Vector128<int> e1 = difference + even6;
        Vector128<int> e2 = difference - even6;

        Vector128<int> z1 = (x7 + x1) * -7373; // 0.899976223
        Vector128<int> z2 = (x5 + x3) * -20995; // 2.562915447
        Vector128<int> z3 = x7 + x3;
        Vector128<int> z4 = x5 + x1;
        Vector128<int> z5 = (z3 + z4) * 9633; // 1.175875602
        z3 = (z3 * -16069) + z5; // 1.961570560
        z4 = (z4 * -3196) + z5; // 0.390180644
        Vector128<int> o3 = (x7 * 2446) + z1 + z3; // 0.298631336
        Vector128<int> o2 = (x5 * 16819) + z2 + z4; // 2.053119869
        Vector128<int> o1 = (x3 * 25172) + z2 + z3; // 3.072711026
        Vector128<int> o0 = (x1 * 12299) + z1 + z4; // 1.501321110

        x0 = (e0 + o0) >> shift;
        x7 = (e0 - o0) >> shift;
        x1 = (e1 + o1) >> shift;
        x6 = (e1 - o1) >> shift;
        x2 = (e2 + o2) >> shift;
        x5 = (e2 - o2) >> shift;
        x3 = (e3 + o3) >> shift;
        x4 = (e3 - o3) >> shift;
    }

    [StructLayout(LayoutKind.Sequential, Size = 64 * sizeof(int))]
    private struct Workspace;
}
