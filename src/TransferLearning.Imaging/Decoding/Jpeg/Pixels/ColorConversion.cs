using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>
/// Converts rows of components to rows of interleaved RGB (JFIF 1.02: ITU-R BT.601, full range), in 16-bit fixed point with the rounding of
/// libjpeg.
/// </summary>
internal static class ColorConversion
{
    private const int FractionBits = 16;
    private const int Half = 1 << (FractionBits - 1);
    private const int RedFromCr = 91881; // 1.402
    private const int GreenFromCb = -22554; // 0.344136286
    private const int GreenFromCr = -46802; // 0.714136286
    private const int BlueFromCb = 116130; // 1.772

    /// <summary>Converts Y, Cb and Cr, each of at least the width of the row, to [width, 3].</summary>
    public static void YCbCrToRgb(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> rgb)
    {
        int width = rgb.Length / 3;
        ref byte y = ref MemoryMarshal.GetReference(luma);
        ref byte cb = ref MemoryMarshal.GetReference(blue);
        ref byte cr = ref MemoryMarshal.GetReference(red);
        ref byte target = ref MemoryMarshal.GetReference(rgb);
        int x = 0;
        if (Avx2.IsSupported && width >= 16)
        {
            ColorConversionAvx2.YCbCrToRgb(ref y, ref cb, ref cr, ref target, width);
            return;
        }

        if (width >= 16)
        {
            // The last step overlaps the one before it, so no pixel is left over.
            for (; x < width; x += 16)
            {
                nuint at = (nuint)Math.Min(x, width - 16);
                Convert16(
                    ref Unsafe.Add(ref y, at), ref Unsafe.Add(ref cb, at), ref Unsafe.Add(ref cr, at), ref Unsafe.Add(ref target, at * 3));
            }
        }

        for (; x < width; x++)
        {
            ConvertOne(luma[x], blue[x] - 128, red[x] - 128, rgb[(x * 3)..]);
        }
    }

    /// <summary>Interleaves three rows without a change of their values.</summary>
    public static void Interleave(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> rgb)
    {
        for (int x = 0, i = 0; i < rgb.Length; x++, i += 3)
        {
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (first[x], second[x], third[x]);
        }
    }

    /// <summary>Repeats each value three times.</summary>
    public static void GrayToRgb(ReadOnlySpan<byte> gray, Span<byte> rgb)
    {
        for (int x = 0, i = 0; i < rgb.Length; x++, i += 3)
        {
            rgb[i] = rgb[i + 1] = rgb[i + 2] = gray[x];
        }
    }

    /// <summary>
    /// Multiplies [width, 3], the light that cyan, magenta and yellow let through, by the light that black lets through: 255 - black, or
    /// black if it is stored inverted.
    /// </summary>
    public static void MultiplyByBlack(Span<byte> rgb, ReadOnlySpan<byte> black, bool inverted)
    {
        for (int x = 0, i = 0; i < rgb.Length; x++, i += 3)
        {
            int light = inverted ? black[x] : 255 - black[x];
            rgb[i] = Scale(rgb[i], light);
            rgb[i + 1] = Scale(rgb[i + 1], light);
            rgb[i + 2] = Scale(rgb[i + 2], light);
        }
    }

    /// <summary>Replaces each value by 255 - value.</summary>
    public static void Invert(Span<byte> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)~values[i];
        }
    }

    private static byte Scale(int value, int by) => (byte)(((value * by) + 127) / 255);

    private static void ConvertOne(int y, int cb, int cr, Span<byte> rgb)
    {
        rgb[0] = Clamp(y + (((cr * RedFromCr) + Half) >> FractionBits));
        rgb[1] = Clamp(y + (((cb * GreenFromCb) + (cr * GreenFromCr) + Half) >> FractionBits));
        rgb[2] = Clamp(y + (((cb * BlueFromCb) + Half) >> FractionBits));
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert16(ref byte luma, ref byte blue, ref byte red, ref byte rgb)
    {
        (Vector128<ushort> y0, Vector128<ushort> y1) = Vector128.Widen(Vector128.LoadUnsafe(ref luma));
        (Vector128<ushort> cb0, Vector128<ushort> cb1) = Vector128.Widen(Vector128.LoadUnsafe(ref blue));
        (Vector128<ushort> cr0, Vector128<ushort> cr1) = Vector128.Widen(Vector128.LoadUnsafe(ref red));
        Convert8(y0.AsInt16(), cb0.AsInt16(), cr0.AsInt16(), out Vector128<short> r0, out Vector128<short> g0, out Vector128<short> b0);
        Convert8(y1.AsInt16(), cb1.AsInt16(), cr1.AsInt16(), out Vector128<short> r1, out Vector128<short> g1, out Vector128<short> b1);
        RgbInterleave.Store(Narrow(r0, r1), Narrow(g0, g1), Narrow(b0, b1), ref rgb);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convert8(
        Vector128<short> y,
        Vector128<short> cb,
        Vector128<short> cr,
        out Vector128<short> r,
        out Vector128<short> g,
        out Vector128<short> b)
    {
        var center = Vector128.Create((short)128);
        (Vector128<int> cbLow, Vector128<int> cbHigh) = Vector128.Widen(cb - center);
        (Vector128<int> crLow, Vector128<int> crHigh) = Vector128.Widen(cr - center);
        var half = Vector128.Create(Half);
        r = y + Vector128.Narrow(((crLow * RedFromCr) + half) >> FractionBits, ((crHigh * RedFromCr) + half) >> FractionBits);
        g = y + Vector128.Narrow(
            ((cbLow * GreenFromCb) + (crLow * GreenFromCr) + half) >> FractionBits,
            ((cbHigh * GreenFromCb) + (crHigh * GreenFromCr) + half) >> FractionBits);
        b = y + Vector128.Narrow(((cbLow * BlueFromCb) + half) >> FractionBits, ((cbHigh * BlueFromCb) + half) >> FractionBits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<short> low, Vector128<short> high)
    {
        var top = Vector128.Create((short)255);
        low = Vector128.Min(Vector128.Max(low, Vector128<short>.Zero), top);
        high = Vector128.Min(Vector128.Max(high, Vector128<short>.Zero), top);
        return Vector128.Narrow(low.AsUInt16(), high.AsUInt16());
    }
}
