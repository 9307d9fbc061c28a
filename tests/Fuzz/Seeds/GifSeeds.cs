using TransferLearning.Imaging.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>GIF files: plain, interlaced, transparent, with color tables of their own, and with several frames.</summary>
internal static class GifSeeds
{
    private const byte Clear = 128;
    private const byte End = 129;
    private const byte CodeBits = 7;

    // As long as the dictionary has fewer than 256 entries, each code is a byte.
    private const int PixelsPerClear = 100;

    public static IEnumerable<byte[]> All()
    {
        yield return HostileFiles.EmptyGif(20);
        yield return Create(23, 17, flags: 0, control: []);
        yield return Create(16, 21, flags: 0x40, control: []);
        yield return Create(12, 9, flags: 0x86, control: [0x21, 0xF9, 4, 1, 0, 0, 5, 0]);
        yield return Create(9, 9, flags: 0xC6, control: [0x21, 0xFE, 4, .. "seed"u8, 0, 0x21, 0xF9, 4, 9, 3, 0, 0, 0]);
    }

    private static byte[] Create(byte width, byte height, byte flags, byte[] control)
    {
        var random = new Random(flags);
        byte[] colors = new byte[3 * 128];
        random.NextBytes(colors);
        List<byte> codes = [];
        for (int i = 0; i < width * height; i++)
        {
            if (i % PixelsPerClear == 0)
            {
                codes.Add(Clear);
            }

            codes.Add((byte)random.Next(Clear));
        }

        codes.Add(End);
        byte[] frame =
        [
            0x2C, 0, 0, 0, 0, width, 0, height, 0, flags, .. (flags & 0x80) != 0 ? colors : [],
            CodeBits, .. codes.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0,
        ];
        return [.. "GIF89a"u8, width, 0, height, 0, 0xF6, 0, 0, .. colors, .. control, .. frame, .. frame, 0x3B];
    }
}
