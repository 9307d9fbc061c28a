using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>
/// Converts YCbCr to RGB with AVX2 in 16-bit lanes, with the rounding of <see cref="ColorConversion"/>: 1.402 = 1 + 0.402,
/// 0.714 = 1 - 0.286, 1.772 = 2 - 0.228, and round(c * f) = (high(2c * f) + 1) / 2.
/// </summary>
internal static class ColorConversionAvx2
{
    private const short RedFraction = 26345;
    private const short GreenFromCb = -22554;
    private const short GreenFraction = 18734;
    private const short BlueFraction = -14942;

    /// <summary>Converts rows of at least 16 samples to [width, 3].</summary>
    public static void YCbCrToRgb(ref byte luma, ref byte blue, ref byte red, ref byte rgb, int width)
    {
        for (int x = 0; x < width; x += 16)
        {
            // The last step overlaps the one before it, so no pixel is left over.
            nuint at = (nuint)Math.Min(x, width - 16);
            Convert(
                ref Unsafe.Add(ref luma, at), ref Unsafe.Add(ref blue, at), ref Unsafe.Add(ref red, at), ref Unsafe.Add(ref rgb, at * 3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert(ref byte luma, ref byte blue, ref byte red, ref byte rgb)
    {
        var center = Vector256.Create((short)128);
        Vector256<short> one = Vector256<short>.One;
        Vector256<short> y = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref luma));
        Vector256<short> cb = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref blue)) - center;
        Vector256<short> cr = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref red)) - center;
        Vector256<short> r = y + cr + ((Avx2.MultiplyHigh(cr + cr, Vector256.Create(RedFraction)) + one) >> 1);
        Vector256<short> b = y + cb + cb + ((Avx2.MultiplyHigh(cb + cb, Vector256.Create(BlueFraction)) + one) >> 1);
        Vector256<short> factors = Vector256.Create((GreenFraction << 16) | (GreenFromCb & 0xFFFF)).AsInt16();
        var half = Vector256.Create(1 << 15);
        Vector256<int> low = (Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(cb, cr), factors) + half) >> 16;
        Vector256<int> high = (Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(cb, cr), factors) + half) >> 16;
        Vector256<short> g = y - cr + Avx2.PackSignedSaturate(low, high);
        RgbInterleave.Store(Narrow(r), Narrow(g), Narrow(b), ref rgb);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector256<short> values) => Sse2.PackUnsignedSaturate(values.GetLower(), values.GetUpper());
}
