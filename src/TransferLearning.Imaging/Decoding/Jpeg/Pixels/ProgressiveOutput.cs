using System.Runtime.InteropServices;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>Transforms the coefficients of a component of a progressive file to samples.</summary>
internal static class ProgressiveOutput
{
    /// <summary>Multiplies every block by the quantization table, and transforms it.</summary>
    public static void ToSamples(JpegComponent component)
    {
        Span<int> quantization = stackalloc int[64];
        for (int i = 0; i < 64; i++)
        {
            quantization[ZigZag.ToNatural[i]] = component.Quantization![i];
        }

        Span<int> block = stackalloc int[64];
        if (component.BlockWidth < 8 || component.BlockHeight < 8)
        {
            ToReducedSamples(component, quantization, block);
            return;
        }

        Span<short> coefficients = component.Coefficients.AsSpan();
        for (int row = 0; row < component.PaddedBlocksHigh; row++)
        {
            for (int column = 0; column < component.PaddedBlocksWide; column++, coefficients = coefficients[64..])
            {
                ref byte samples = ref component.Samples[(row * 8 * component.Stride) + (column * 8)];
                if (coefficients[1..64].IndexOfAnyExcept((short)0) < 0)
                {
                    InverseDct.Fill(coefficients[0] * quantization[0], ref samples, component.Stride);
                    continue;
                }

                for (int i = 0; i < 64; i++)
                {
                    block[i] = coefficients[i] * quantization[i];
                }

                InverseDct.Transform(ref MemoryMarshal.GetReference(block), ref samples, component.Stride);
            }
        }
    }

    private static void ToReducedSamples(JpegComponent component, ReadOnlySpan<int> quantization, Span<int> block)
    {
        int width = component.BlockWidth;
        int kept = width * component.BlockHeight;
        block.Clear();
        ReadOnlySpan<short> coefficients = component.Coefficients;
        for (int row = 0; row < component.PaddedBlocksHigh; row++)
        {
            for (int column = 0; column < component.PaddedBlocksWide; column++, coefficients = coefficients[kept..])
            {
                for (int i = 0; i < kept; i++)
                {
                    int natural = (i / width * 8) + (i % width);
                    block[natural] = coefficients[i] * quantization[natural];
                }

                ReducedBlock.Store(block, isFlat: false, component, row, column);
            }
        }
    }
}
