using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Encoding;

/// <summary>Writes the segments of a baseline file that precede its scan data.</summary>
internal static class JpegHeaderWriter
{
    /// <summary>Writes start of image, JFIF, tables, frame and scan header.</summary>
    public static void Write(MemoryStream file, RgbImage image, byte[][] quantization, int factor)
    {
        file.Write([0xFF, JpegMarker.StartOfImage]);
        WriteSegment(file, JpegMarker.App0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
        for (int i = 0; i < quantization.Length; i++)
        {
            byte[] table = new byte[65];
            table[0] = (byte)i;
            for (int k = 0; k < 64; k++)
            {
                table[k + 1] = quantization[i][ZigZag.ToNatural[k]];
            }

            WriteSegment(file, JpegMarker.QuantizationTables, table);
        }

        (int w, int h) = (image.Width, image.Height);
        WriteSegment(
            file,
            JpegMarker.BaselineFrame,
            [8, (byte)(h >> 8), (byte)h, (byte)(w >> 8), (byte)w, 3, 1, (byte)(factor * 17), 0, 2, 0x11, 1, 3, 0x11, 1]);
        WriteSegment(file, JpegMarker.HuffmanTables, [0x00, .. JpegEncodingTables.LumaDc]);
        WriteSegment(file, JpegMarker.HuffmanTables, [0x10, .. JpegEncodingTables.LumaAc]);
        WriteSegment(file, JpegMarker.HuffmanTables, [0x01, .. JpegEncodingTables.ChromaDc]);
        WriteSegment(file, JpegMarker.HuffmanTables, [0x11, .. JpegEncodingTables.ChromaAc]);
        WriteSegment(file, JpegMarker.StartOfScan, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    }

    private static void WriteSegment(MemoryStream file, byte marker, ReadOnlySpan<byte> content)
    {
        int length = content.Length + 2;
        file.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        file.Write(content);
    }
}
