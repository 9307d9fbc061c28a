using System.Runtime.InteropServices;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>Transforms blocks to samples of a reduced size: each is the mean of a square of the block's samples.</summary>
internal static class ReducedBlock
{
    /// <summary>Stores the samples of a block.</summary>
    /// <param name="block">[8, 8]: the dequantized coefficients.</param>
    /// <param name="isFlat">True if only the first coefficient is not 0.</param>
    /// <param name="component">The component, whose <see cref="JpegComponent.BlockSide"/> is below 8.</param>
    /// <param name="row">The row of the block.</param>
    /// <param name="column">The column of the block.</param>
    public static void Store(Span<int> block, bool isFlat, JpegComponent component, int row, int column)
    {
        int side = component.BlockSide;
        Span<byte> target = component.Samples.AsSpan((row * side * component.Stride) + (column * side));
        Span<byte> samples = stackalloc byte[64];

        // The mean of a block's samples is its first coefficient, but for samples beyond 0 and 255.
        if (isFlat || side == 1)
        {
            InverseDct.Fill(block[0], ref MemoryMarshal.GetReference(samples), 8);
        }
        else
        {
            InverseDct.Transform(ref MemoryMarshal.GetReference(block), ref MemoryMarshal.GetReference(samples), 8);
        }

        int square = 8 / side;
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                target[(y * component.Stride) + x] = Mean(samples[((y * square * 8) + (x * square))..], square);
            }
        }
    }

    private static byte Mean(ReadOnlySpan<byte> samples, int square)
    {
        int sum = 0;
        for (int y = 0; y < square; y++)
        {
            for (int x = 0; x < square; x++)
            {
                sum += samples[(y * 8) + x];
            }
        }

        return (byte)((sum + (square * square / 2)) / (square * square));
    }
}
