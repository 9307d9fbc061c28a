using System.Runtime.InteropServices;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>
/// Transforms blocks to the samples of a component at a reduced size: each is the mean of a rectangle of the block's samples.
/// </summary>
internal static class ReducedBlock
{
    /// <summary>Stores the samples of a block.</summary>
    /// <param name="block">[8, 8]: the dequantized coefficients.</param>
    /// <param name="isFlat">True if only the first coefficient is not 0.</param>
    /// <param name="component">The component.</param>
    /// <param name="row">The row of the block.</param>
    /// <param name="column">The column of the block.</param>
    public static void Store(Span<int> block, bool isFlat, JpegComponent component, int row, int column)
    {
        (int width, int height) = (component.BlockWidth, component.BlockHeight);
        Span<byte> target = component.Samples.AsSpan((row * height * component.Stride) + (column * width));
        if (width == 8 && height == 8)
        {
            InverseDct.Transform(ref MemoryMarshal.GetReference(block), ref MemoryMarshal.GetReference(target), component.Stride);
            return;
        }

        Span<byte> samples = stackalloc byte[64];

        // The mean of a block's samples is its first coefficient, but for samples beyond 0 and 255.
        if (isFlat || (width == 1 && height == 1))
        {
            InverseDct.Fill(block[0], ref MemoryMarshal.GetReference(samples), 8);
        }
        else
        {
            InverseDct.Transform(ref MemoryMarshal.GetReference(block), ref MemoryMarshal.GetReference(samples), 8);
        }

        (int columns, int rows) = (8 / width, 8 / height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                target[(y * component.Stride) + x] = Mean(samples[((y * rows * 8) + (x * columns))..], columns, rows);
            }
        }
    }

    private static byte Mean(ReadOnlySpan<byte> samples, int columns, int rows)
    {
        int sum = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                sum += samples[(y * 8) + x];
            }
        }

        return (byte)((sum + (columns * rows / 2)) / (columns * rows));
    }
}
