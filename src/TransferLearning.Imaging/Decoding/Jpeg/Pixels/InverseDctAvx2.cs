using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>
/// <see cref="InverseDct"/> for AVX2: all 8 columns at a time, with two products per instruction, for which the flow graph is expanded to
/// sums of products. The factors are sums of those in the graph, so for values of 16 bits the results are the same, bit by bit.
/// </summary>
internal static class InverseDctAvx2
{
    /// <summary>Writes the 8x8 samples 0..255 of 64 dequantized coefficients [row, column].</summary>
    [SkipLocalsInit]
    public static void Transform(ref int coefficients, ref byte samples, int stride)
    {
        var x0 = Vector256.LoadUnsafe(ref coefficients);
        var x1 = Vector256.LoadUnsafe(ref coefficients, 8);
        var x2 = Vector256.LoadUnsafe(ref coefficients, 16);
        var x3 = Vector256.LoadUnsafe(ref coefficients, 24);
        var x4 = Vector256.LoadUnsafe(ref coefficients, 32);
        var x5 = Vector256.LoadUnsafe(ref coefficients, 40);
        var x6 = Vector256.LoadUnsafe(ref coefficients, 48);
        var x7 = Vector256.LoadUnsafe(ref coefficients, 56);
        Pass(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7, InverseDct.ColumnShift, 0);
        Transpose(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7);

        // Adds the center, 128, in the rounding.
        Pass(ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref x6, ref x7, InverseDct.RowShift, 128 << InverseDct.RowShift);

        // Columns 0..3 and 4..7, [row / 4][column][row % 4]; then [row / 4][row % 4][column]; then whole rows.
        Vector256<byte> left = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(x0, x1), Avx2.PackSignedSaturate(x2, x3));
        Vector256<byte> right = Avx2.PackUnsignedSaturate(Avx2.PackSignedSaturate(x4, x5), Avx2.PackSignedSaturate(x6, x7));
        var order = Vector256.Create(
            (byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<int> a = Avx2.Shuffle(left, order).AsInt32();
        Vector256<int> b = Avx2.Shuffle(right, order).AsInt32();
        Vector256<ulong> rows0145 = Avx2.UnpackLow(a, b).AsUInt64();
        Vector256<ulong> rows2367 = Avx2.UnpackHigh(a, b).AsUInt64();
        Store(rows0145.GetElement(0), ref samples, 0);
        Store(rows0145.GetElement(1), ref samples, stride);
        Store(rows2367.GetElement(0), ref samples, stride * 2);
        Store(rows2367.GetElement(1), ref samples, stride * 3);
        Store(rows0145.GetElement(2), ref samples, stride * 4);
        Store(rows0145.GetElement(3), ref samples, stride * 5);
        Store(rows2367.GetElement(2), ref samples, stride * 6);
        Store(rows2367.GetElement(3), ref samples, stride * 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ulong row, ref byte samples, int offset) => Unsafe.WriteUnaligned(ref Unsafe.Add(ref samples, offset), row);

    // The lower 16 bits of two rows, column by column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(Vector256<int> first, Vector256<int> second) =>
        Avx2.Blend(first.AsInt16(), (second << 16).AsInt16(), 0b10101010);

    // first * a + second * b in every column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(Vector256<short> pair, int a, int b) =>
        Avx2.MultiplyAddAdjacent(pair, Vector256.Create((b << 16) | (a & 0xFFFF)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector256<int> x0,
        ref Vector256<int> x1,
        ref Vector256<int> x2,
        ref Vector256<int> x3,
        ref Vector256<int> x4,
        ref Vector256<int> x5,
        ref Vector256<int> x6,
        ref Vector256<int> x7,
        int shift,
        int offset)
    {
        Vector256<short> x04 = Pair(x0, x4);
        Vector256<short> x26 = Pair(x2, x6);
        Vector256<short> x13 = Pair(x1, x3);
        Vector256<short> x57 = Pair(x5, x7);
        var round = Vector256.Create((1 << (shift - 1)) + offset);
        Vector256<int> sum = Sum(x04, 8192, 8192) + round;
        Vector256<int> difference = Sum(x04, 8192, -8192) + round;
        Vector256<int> even2 = Sum(x26, 10703, 4433);
        Vector256<int> even6 = Sum(x26, 4433, -10704);
        Vector256<int> e0 = sum + even2;
        Vector256<int> e3 = sum - even2;
        Vector256<int> e1 = difference + even6;
        Vector256<int> e2 = difference - even6;
        Vector256<int> o0 = Sum(x13, 11363, 9633) + Sum(x57, 6437, 2260);
        Vector256<int> o1 = Sum(x13, 9633, -2259) + Sum(x57, -11362, -6436);
        Vector256<int> o2 = Sum(x13, 6437, -11362) + Sum(x57, 2261, 9633);
        Vector256<int> o3 = Sum(x13, 2260, -6436) + Sum(x57, 9633, -11363);
        x0 = (e0 + o0) >> shift;
        x7 = (e0 - o0) >> shift;
        x1 = (e1 + o1) >> shift;
        x6 = (e1 - o1) >> shift;
        x2 = (e2 + o2) >> shift;
        x5 = (e2 - o2) >> shift;
        x3 = (e3 + o3) >> shift;
        x4 = (e3 - o3) >> shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> x0,
        ref Vector256<int> x1,
        ref Vector256<int> x2,
        ref Vector256<int> x3,
        ref Vector256<int> x4,
        ref Vector256<int> x5,
        ref Vector256<int> x6,
        ref Vector256<int> x7)
    {
        Transpose4(ref x0, ref x1, ref x2, ref x3);
        Transpose4(ref x4, ref x5, ref x6, ref x7);
        (Vector256<int> a0, Vector256<int> a1, Vector256<int> a2, Vector256<int> a3) = (x0, x1, x2, x3);
        x0 = Avx2.Permute2x128(a0, x4, 0x20);
        x1 = Avx2.Permute2x128(a1, x5, 0x20);
        x2 = Avx2.Permute2x128(a2, x6, 0x20);
        x3 = Avx2.Permute2x128(a3, x7, 0x20);
        x4 = Avx2.Permute2x128(a0, x4, 0x31);
        x5 = Avx2.Permute2x128(a1, x5, 0x31);
        x6 = Avx2.Permute2x128(a2, x6, 0x31);
        x7 = Avx2.Permute2x128(a3, x7, 0x31);
    }

    // 4x4 values in each half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d)
    {
        Vector256<int> ac = Avx2.UnpackLow(a, c);
        Vector256<int> ac2 = Avx2.UnpackHigh(a, c);
        Vector256<int> bd = Avx2.UnpackLow(b, d);
        Vector256<int> bd2 = Avx2.UnpackHigh(b, d);
        a = Avx2.UnpackLow(ac, bd);
        b = Avx2.UnpackHigh(ac, bd);
        c = Avx2.UnpackLow(ac2, bd2);
        d = Avx2.UnpackHigh(ac2, bd2);
    }
}
