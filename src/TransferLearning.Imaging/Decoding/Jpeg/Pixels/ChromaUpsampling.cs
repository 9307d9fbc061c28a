using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>
/// Scales rows of subsampled components to full resolution. Components of half the resolution are interpolated with the weights 3/4 and 1/4
/// in each direction, with the rounding of libjpeg's default; for other factors, samples are repeated, as libjpeg does.
/// </summary>
internal static class ChromaUpsampling
{
    /// <summary>
    /// Computes nearer * 3 + farther, a row of sums for <see cref="DoubleWidth"/>, with one more entry on each side for the edges.
    /// </summary>
    public static void BlendRows(ReadOnlySpan<byte> nearer, ReadOnlySpan<byte> farther, Span<ushort> sums)
    {
        int width = nearer.Length;
        ref byte a = ref MemoryMarshal.GetReference(nearer);
        ref byte b = ref MemoryMarshal.GetReference(farther);
        ref ushort target = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), 1);
        int i = 0;
        for (; i <= width - 16; i += 16)
        {
            Vector256<ushort> three = Widen(ref Unsafe.Add(ref a, i));
            three += three + three;
            (three + Widen(ref Unsafe.Add(ref b, i))).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < width; i++)
        {
            Unsafe.Add(ref target, i) = (ushort)((Unsafe.Add(ref a, i) * 3) + Unsafe.Add(ref b, i));
        }

        RepeatEdges(sums, width);
    }

    /// <summary>Copies samples to a row of sums, for a component of half the width and full height.</summary>
    public static void WidenRow(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        for (int i = 0; i < row.Length; i++)
        {
            sums[i + 1] = row[i];
        }

        RepeatEdges(sums, row.Length);
    }

    /// <summary>
    /// Computes two samples for each sum: (3 * sum + left + leftBias) >> shift and (3 * sum + right + rightBias) >> shift.
    /// </summary>
    public static void DoubleWidth(ReadOnlySpan<ushort> sums, int width, Span<byte> target, int leftBias, int rightBias, int shift)
    {
        ref ushort source = ref MemoryMarshal.GetReference(sums);
        ref byte destination = ref MemoryMarshal.GetReference(target);
        var left = Vector256.Create((ushort)leftBias);
        var right = Vector256.Create((ushort)rightBias);
        int i = 0;
        for (; i <= width - 16; i += 16)
        {
            var previous = Vector256.LoadUnsafe(ref source, (nuint)i);
            var middle = Vector256.LoadUnsafe(ref source, (nuint)i + 1);
            var next = Vector256.LoadUnsafe(ref source, (nuint)i + 2);
            Vector256<ushort> three = middle + middle + middle;
            Vector256<ushort> even = (three + previous + left) >> shift;
            Vector256<ushort> odd = (three + next + right) >> shift;
            Interleave(even, odd).StoreUnsafe(ref destination, (nuint)i * 2);
        }

        for (; i < width; i++)
        {
            int three = sums[i + 1] * 3;
            target[i * 2] = (byte)((three + sums[i] + leftBias) >> shift);
            target[(i * 2) + 1] = (byte)((three + sums[i + 2] + rightBias) >> shift);
        }
    }

    /// <summary>Computes (nearer * 3 + farther + bias) / 4, for a component of full width and half the height.</summary>
    public static void BlendToRow(ReadOnlySpan<byte> nearer, ReadOnlySpan<byte> farther, int bias, Span<byte> target)
    {
        for (int i = 0; i < nearer.Length; i++)
        {
            target[i] = (byte)(((nearer[i] * 3) + farther[i] + bias) >> 2);
        }
    }

    /// <summary>Repeats samples, so that there are factor / divisor times as many.</summary>
    public static void Repeat(ReadOnlySpan<byte> row, int factor, int divisor, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = row[Math.Min(i * divisor / factor, row.Length - 1)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Widen(ref byte samples)
    {
        var sixteen = Vector128.LoadUnsafe(ref samples);
        return Vector256.Create(Vector128.WidenLower(sixteen), Vector128.WidenUpper(sixteen));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Interleave(Vector256<ushort> even, Vector256<ushort> odd) =>
        BitConverter.IsLittleEndian ? (even | (odd << 8)).AsByte() : ((even << 8) | odd).AsByte();

    private static void RepeatEdges(Span<ushort> sums, int width)
    {
        sums[0] = sums[1];
        sums[width + 1] = sums[width];
    }
}
