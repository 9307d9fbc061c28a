using System.Buffers.Binary;
using System.IO.Compression;
using TransferLearning.Imaging.Decoding.Png;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>PNG files of each color type and depth, plain and interlaced, with random filters and pixels.</summary>
internal static class PngSeeds
{
    private const int Filters = 5;

    public static IEnumerable<byte[]> All()
    {
        yield return PngEncoder.Encode(TestImages.Smooth(21, 13));
        yield return HostileFiles.BlankPng(40);
        foreach ((PngColorType color, int[] depths) in new[]
        {
            (PngColorType.Gray, [1, 2, 4, 8, 16]),
            (PngColorType.Rgb, [8, 16]),
            (PngColorType.Palette, [1, 4, 8]),
            (PngColorType.GrayAlpha, [8, 16]),
            (PngColorType.Rgba, new[] { 8, 16 }),
        })
        {
            foreach (int depth in depths)
            {
                yield return Create(new PngHeader(17, 11, depth, color, depth is 4 or 16));
            }
        }
    }

    private static byte[] Create(PngHeader header)
    {
        var random = new Random(header.BitDepth);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (PngPass pass in PngInterlacing.PassesOf(header))
            {
                byte[] row = new byte[1 + (((pass.WidthOf(header.Width) * Channels(header.ColorType) * header.BitDepth) + 7) / 8)];
                for (int y = pass.FirstRow; row.Length > 1 && y < header.Height; y += pass.RowStep)
                {
                    random.NextBytes(row);
                    row[0] = (byte)random.Next(Filters);
                    zlib.Write(row);
                }
            }
        }

        byte[] start = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(start, header.Width);
        BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(4), header.Height);
        (start[8], start[9], start[12]) = ((byte)header.BitDepth, (byte)header.ColorType, (byte)(header.IsInterlaced ? 1 : 0));
        byte[] palette = new byte[3 << Math.Min(header.BitDepth, 8)];
        random.NextBytes(palette);
        byte[] file =
        [
            .. PngDecoder.Signature,
            .. HostileFiles.Chunk("IHDR"u8, start),
            .. header.ColorType == PngColorType.Palette ? HostileFiles.Chunk("PLTE"u8, palette) : [],
            .. header.ColorType is PngColorType.Palette ? HostileFiles.Chunk("tRNS"u8, [0, 128]) : [],
            .. HostileFiles.Chunk("tEXt"u8, "Comment\0seed"u8),
            .. HostileFiles.Chunk("IDAT"u8, compressed.ToArray()),
            .. HostileFiles.Chunk("IEND"u8, []),
        ];
        return file;
    }

    private static int Channels(PngColorType color) => color switch
    {
        PngColorType.Gray or PngColorType.Palette => 1,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgb => 3,
        PngColorType.Rgba => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, "unknown color type"),
    };
}
