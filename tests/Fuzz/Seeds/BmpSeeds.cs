using System.Buffers.Binary;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>BMP files of each depth and compression, from the bottom up and from the top down.</summary>
internal static class BmpSeeds
{
    private const int PixelsAt = 14 + 40 + 12;

    public static IEnumerable<byte[]> All()
    {
        yield return BmpEncoder.Encode(TestImages.Smooth(19, 7));
        yield return HostileFiles.EmptyBmp(20);
        foreach (int bits in new[] { 1, 4, 8, 16, 24, 32 })
        {
            yield return Create(bits, 0, 13, 9);
            yield return Create(bits, 0, 10, -5);
        }

        yield return Create(16, 3, 8, 8);
        yield return Create(32, 3, 8, 8);
        yield return Create(8, 1, 12, 6);
        yield return Create(4, 2, 12, 6);
    }

    private static byte[] Create(int bits, int compression, int width, int height)
    {
        var random = new Random(bits);
        int colors = bits <= 8 ? 1 << bits : 0;
        int pixels = PixelsAt + (4 * colors);
        int stride = ((width * bits) + 31) / 32 * 4;
        byte[] file = new byte[pixels + (stride * Math.Abs(height))];
        random.NextBytes(file.AsSpan(PixelsAt));
        if (compression is 1 or 2)
        {
            WriteRuns(file.AsSpan(pixels), width, height);
        }

        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), pixels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), compression == 3 ? 52 : 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28], file[30]) = (1, (byte)bits, (byte)compression);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(46), colors);
        if (compression == 3)
        {
            int[] masks = bits == 16 ? [0xF800, 0x07E0, 0x001F] : [0xFF0000, 0xFF00, 0xFF];
            for (int i = 0; i < masks.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(54 + (4 * i)), masks[i]);
            }
        }

        return file;
    }

    /// <summary>A run for each row, some pixels as they are, a move, and the end.</summary>
    private static void WriteRuns(Span<byte> target, int width, int height)
    {
        byte[] row = [(byte)(width - 4), 0x12, 0, 3, 0x21, 0x32, 0x13, 0, 0, 0];
        for (int y = 0; y < height - 1 && row.Length * (y + 1) < target.Length - 6; y++)
        {
            row.CopyTo(target[(row.Length * y)..]);
        }

        new byte[] { 0, 2, 1, 0, 0, 1 }.CopyTo(target[^6..]);
    }
}
