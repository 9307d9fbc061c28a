using System.Buffers.Binary;
using System.IO.Compression;
using TransferLearning.Imaging.Decoding.Png;

namespace TransferLearning.Imaging.Tests;

/// <summary>Small files that say that they have many pixels.</summary>
internal static class HostileFiles
{
    /// <summary>A PNG file of one bit per pixel, all white.</summary>
    public static byte[] BlankPng(int side, bool interlaced = false)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            // Rows of ones, each after the number of its filter.
            foreach (PngPass pass in PngInterlacing.PassesOf(new PngHeader(side, side, 1, PngColorType.Gray, interlaced)))
            {
                byte[] row = [0, .. Enumerable.Repeat((byte)255, (pass.WidthOf(side) + 7) / 8)];
                for (int y = pass.FirstRow; y < side; y += pass.RowStep)
                {
                    zlib.Write(row);
                }
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[12]) = (1, interlaced ? (byte)1 : (byte)0);
        return [.. PngDecoder.Signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, compressed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>A JPEG file of one gray, whose codes for "no difference" and "end of block" have one bit.</summary>
    public static byte[] FlatJpeg(ushort side, bool progressive)
    {
        int blocks = (side + 7) / 8 * ((side + 7) / 8);
        byte[] size = [(byte)(side >> 8), (byte)side];
        byte[] table = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return
        [
            0xFF, 0xD8,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, progressive ? (byte)0xC2 : (byte)0xC0, 0, 11, 8, .. size, .. size, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 38, 0x00, .. table, 0x10, .. table, 0,
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, progressive ? (byte)0 : (byte)63, 0,
            .. new byte[(blocks / (progressive ? 8 : 4)) + 1],
            0xFF, 0xD9,
        ];
    }

    /// <summary>A GIF file with a screen and a frame of one pixel.</summary>
    public static byte[] EmptyGif(ushort side) =>
    [
        .. "GIF89a"u8, (byte)side, (byte)(side >> 8), (byte)side, (byte)(side >> 8), 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3B,
    ];

    /// <summary>A BMP file of runs that ends before its first pixel.</summary>
    public static byte[] EmptyBmp(int side)
    {
        byte[] file = new byte[60];
        "BM"u8.CopyTo(file);
        (file[10], file[14], file[26], file[28], file[30], file[46]) = (58, 40, 1, 8, 1, 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), side);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), side);
        file[59] = 1;
        return file;
    }

    /// <summary>A chunk of a PNG file, with its checksum.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32.Compute(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }
}
