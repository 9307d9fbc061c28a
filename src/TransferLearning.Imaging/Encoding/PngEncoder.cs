using System.Buffers.Binary;
using System.IO.Compression;
using TransferLearning.Imaging.Decoding.Png;

namespace TransferLearning.Imaging.Encoding;

/// <summary>Writes 8-bit RGB PNG files. The same image always gives the same bytes on the same version of .NET.</summary>
internal static class PngEncoder
{
    private const int PixelBytes = 3;
    private const int FilterCount = 5;

    /// <summary>Encodes an image to a whole file.</summary>
    public static byte[] Encode(RgbImage image)
    {
        using var file = new MemoryStream();
        file.Write(PngDecoder.Signature);
        WriteChunk(file, "IHDR"u8, Header(image));
        WriteChunk(file, "IDAT"u8, Compress(image));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(RgbImage image)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        (header[8], header[9]) = (8, (byte)PngColorType.Rgb);
        return header;
    }

    private static byte[] Compress(RgbImage image)
    {
        int stride = image.Width * PixelBytes;
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] filtered = new byte[1 + stride];
            byte[] best = new byte[1 + stride];
            ReadOnlySpan<byte> above = new byte[stride];
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Pixels.Slice(y * stride, stride);
                long bestCost = long.MaxValue;
                for (int filter = 0; filter < FilterCount; filter++)
                {
                    long cost = Filter(filter, row, above, filtered);
                    if (cost < bestCost)
                    {
                        bestCost = cost;
                        (best, filtered) = (filtered, best);
                    }
                }

                zlib.Write(best);
                above = row;
            }
        }

        return compressed.ToArray();
    }

    // Returns the sum of the absolute differences, which predicts how well a row will compress (PNG specification, 12.8).
    private static long Filter(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        filtered[0] = (byte)filter;
        long cost = 0L;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < PixelBytes ? 0 : row[i - PixelBytes];
            int upperLeft = i < PixelBytes ? 0 : above[i - PixelBytes];
            int prediction = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) >> 1,
                4 => PngFilters.Paeth(left, above[i], upperLeft),
                _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "a filter is 0 to 4"),
            };
            filtered[i + 1] = (byte)(row[i] - prediction);
            cost += Math.Abs((int)(sbyte)filtered[i + 1]);
        }

        return cost;
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32.Compute(chunk.AsSpan(4, 4 + content.Length)));
        file.Write(chunk);
    }
}
