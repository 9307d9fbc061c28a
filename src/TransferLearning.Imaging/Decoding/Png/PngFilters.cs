using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>Reverses the prediction of the bytes of a row from their neighbors (PNG specification, 9.2).</summary>
internal static class PngFilters
{
    /// <summary>Restores a row, in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 up, 3 average, 4 Paeth.</param>
    /// <param name="row">The row as it was stored.</param>
    /// <param name="above">The restored row above, or zeros.</param>
    /// <param name="pixelBytes">The distance in bytes from a value to the same channel of the pixel to its left, at least 1.</param>
    public static void Restore(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = pixelBytes; i < row.Length; i++)
                {
                    row[i] += row[i - pixelBytes];
                }

                break;
            case 2:
                RestoreUp(row, above);
                break;
            case 3:
                RestoreAverage(row, above, pixelBytes);
                break;
            case 4:
                RestorePaeth(row, above, pixelBytes);
                break;
            default:
                throw new InvalidImageException($"PNG: a row has the filter {filter}, not 0 to 4; the file is damaged");
        }
    }

    /// <summary>The one of left, up and upper left that is nearest to left + up - upper left.</summary>
    public static int Paeth(int left, int up, int upperLeft)
    {
        int toLeft = Math.Abs(up - upperLeft);
        int toUp = Math.Abs(left - upperLeft);
        int toUpperLeft = Math.Abs(left + up - upperLeft - upperLeft);
        if (toLeft <= toUp && toLeft <= toUpperLeft)
        {
            return left;
        }

        return toUp <= toUpperLeft ? up : upperLeft;
    }

    private static void RestoreUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        ref byte target = ref MemoryMarshal.GetReference(row);
        ref byte source = ref MemoryMarshal.GetReference(above);
        int i = 0;
        for (; i <= row.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128.LoadUnsafe(ref target, (nuint)i) + Vector128.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void RestoreAverage(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        int first = Math.Min(pixelBytes, row.Length);
        for (int i = 0; i < first; i++)
        {
            row[i] += (byte)(above[i] >> 1);
        }

        for (int i = first; i < row.Length; i++)
        {
            row[i] += (byte)((row[i - pixelBytes] + above[i]) >> 1);
        }
    }

    private static void RestorePaeth(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        int first = Math.Min(pixelBytes, row.Length);
        for (int i = 0; i < first; i++)
        {
            row[i] += above[i];
        }

        for (int i = first; i < row.Length; i++)
        {
            row[i] += (byte)Paeth(row[i - pixelBytes], above[i], above[i - pixelBytes]);
        }
    }
}
