using System.Numerics;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Encoding;

/// <summary>Writes baseline JPEG files with the typical tables of the standard. The same image always gives the same bytes.</summary>
internal static class JpegEncoder
{
    private static readonly HuffmanCode[] DcCodes = [new(JpegEncodingTables.LumaDc), new(JpegEncodingTables.ChromaDc)];
    private static readonly HuffmanCode[] AcCodes = [new(JpegEncodingTables.LumaAc), new(JpegEncodingTables.ChromaAc)];

    /// <summary>Encodes an image to a whole file.</summary>
    /// <param name="image">The image; at most 65535 pixels per side.</param>
    /// <param name="quality">1..100 on the scale of libjpeg; 75 is usual, and 90 is hard to distinguish from the original.</param>
    /// <param name="subsampling">The resolution of the color samples.</param>
    public static byte[] Encode(RgbImage image, int quality, ChromaSubsampling subsampling = ChromaSubsampling.Halved)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(image.Width, image.Height), ushort.MaxValue, nameof(image));
        byte[][] quantization =
        [
            JpegEncodingTables.Quantization(JpegEncodingTables.LumaQuantization, quality),
            JpegEncodingTables.Quantization(JpegEncodingTables.ChromaQuantization, quality),
        ];
        int factor = subsampling == ChromaSubsampling.Halved ? 2 : 1;
        using var file = new MemoryStream();
        JpegHeaderWriter.Write(file, image, quantization, factor);
        WriteScan(file, image, quantization, factor);
        file.Write([0xFF, JpegMarker.EndOfImage]);
        return file.ToArray();
    }

    private static void WriteScan(MemoryStream file, RgbImage image, byte[][] quantization, int factor)
    {
        var writer = new JpegBitWriter(file);
        var planes = new JpegEncoderPlanes(image, factor);
        Span<int> predictions = stackalloc int[3];
        Span<float> block = stackalloc float[64];
        for (int y = 0; y < image.Height; y += 8 * factor)
        {
            for (int x = 0; x < image.Width; x += 8 * factor)
            {
                for (int i = 0; i < factor * factor; i++)
                {
                    planes.CopyLuma(x + (i % factor * 8), y + (i / factor * 8), block);
                    WriteBlock(writer, block, quantization[0], 0, ref predictions[0]);
                }

                for (int component = 1; component < 3; component++)
                {
                    planes.CopyChroma(component, x / factor, y / factor, block);
                    WriteBlock(writer, block, quantization[1], 1, ref predictions[component]);
                }
            }
        }

        writer.Flush();
    }

    private static void WriteBlock(JpegBitWriter writer, Span<float> block, byte[] quantization, int table, ref int prediction)
    {
        ForwardDct.Transform(block);
        int dc = Quantize(block, quantization, 0);
        WriteValue(writer, DcCodes[table], 0, dc - prediction);
        prediction = dc;
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            int value = Quantize(block, quantization, ZigZag.ToNatural[k]);
            if (value == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                AcCodes[table].Write(writer, 0xF0);
            }

            WriteValue(writer, AcCodes[table], run, value);
            run = 0;
        }

        if (run > 0)
        {
            AcCodes[table].Write(writer, 0);
        }
    }

    // A coefficient has at most 10 bits; the DC coefficient less its prediction, 11.
    private static int Quantize(Span<float> block, byte[] quantization, int index) =>
        (int)Math.Clamp(MathF.Round(block[index] / quantization[index]), -1023, 1023);

    private static void WriteValue(JpegBitWriter writer, HuffmanCode code, int run, int value)
    {
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        code.Write(writer, (run << 4) | size);
        writer.Write(value < 0 ? value - 1 : value, size);
    }
}
