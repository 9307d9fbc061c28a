using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>The file header and the bitmap header: of Windows (40 bytes or more) or of OS/2 (12, or 16 to 64 bytes).</summary>
internal sealed class BmpHeader
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>True if rows are stored from the top; usually, they are stored from the bottom.</summary>
    public required bool IsTopDown { get; init; }

    /// <summary>1, 4, 8, 16, 24 or 32.</summary>
    public required int BitsPerPixel { get; init; }

    /// <summary>How pixels are stored.</summary>
    public required BmpCompression Compression { get; init; }

    /// <summary>The position of the pixels in the file, in bytes.</summary>
    public required int PixelOffset { get; init; }

    /// <summary>The bits of red, green, blue and opacity; for 16 and 32 bits per pixel.</summary>
    public uint[] Masks { get; private set; } = [];

    /// <summary>[entries, 3] red, green, blue; for up to 8 bits per pixel.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>Reads the headers and the palette.</summary>
    public static BmpHeader Read(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        Require(data, FileHeaderLength + 4, "the header");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data[FileHeaderLength..]);
        if (length is not CoreHeaderLength and (< 16 or > 256))
        {
            throw new InvalidImageException($"BMP: the header says that it has {length} bytes; the file is damaged");
        }

        Require(data, FileHeaderLength + (int)length, "the header");
        ReadOnlySpan<byte> info = data.Slice(FileHeaderLength, (int)length);
        BmpHeader header = length == CoreHeaderLength ? ReadCore(data, info) : ReadInfo(data, info);
        options.CheckSize("BMP", header.Width, header.Height);
        header.CheckFormat();
        int paletteOffset = FileHeaderLength + (int)length;
        if (header.BitsPerPixel is 16 or 32)
        {
            header.Masks = header.ReadMasks(data, (int)length);
        }
        else if (header.BitsPerPixel <= 8)
        {
            uint used = length >= 36 ? BinaryPrimitives.ReadUInt32LittleEndian(info[32..]) : 0;
            header.Palette = header.ReadPalette(data, paletteOffset, used, length == CoreHeaderLength ? 3 : 4);
        }

        return header;
    }

    /// <summary>Throws if the data ends before a part of the file.</summary>
    public static void Require(ReadOnlySpan<byte> data, long length, string what)
    {
        if (data.Length < length)
        {
            throw new InvalidImageException(
                $"BMP: the data ends at byte {data.Length}, but {what} ends at byte {length}; the file is truncated");
        }
    }

    private static BmpHeader ReadCore(ReadOnlySpan<byte> data, ReadOnlySpan<byte> info) => new()
    {
        Width = BinaryPrimitives.ReadUInt16LittleEndian(info[4..]),
        Height = BinaryPrimitives.ReadUInt16LittleEndian(info[6..]),
        IsTopDown = false,
        BitsPerPixel = BinaryPrimitives.ReadUInt16LittleEndian(info[10..]),
        Compression = BmpCompression.None,
        PixelOffset = ReadPixelOffset(data),
    };

    private static BmpHeader ReadInfo(ReadOnlySpan<byte> data, ReadOnlySpan<byte> info)
    {
        int height = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        return new BmpHeader
        {
            Width = BinaryPrimitives.ReadInt32LittleEndian(info[4..]),
            Height = height == int.MinValue ? 0 : Math.Abs(height),
            IsTopDown = height < 0,
            BitsPerPixel = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]),
            Compression = info.Length >= 20 ? (BmpCompression)BinaryPrimitives.ReadUInt32LittleEndian(info[16..]) : BmpCompression.None,
            PixelOffset = ReadPixelOffset(data),
        };
    }

    private static int ReadPixelOffset(ReadOnlySpan<byte> data)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(data[10..]);
        Require(data, offset, "the part before the pixels");
        return (int)offset;
    }

    private void CheckFormat()
    {
        bool valid = Compression switch
        {
            BmpCompression.None => BitsPerPixel is 1 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.RunLength8 => BitsPerPixel == 8,
            BmpCompression.RunLength4 => BitsPerPixel == 4,
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => BitsPerPixel is 16 or 32,
            _ => false,
        };
        if (!valid)
        {
            throw new InvalidImageException(
                $"BMP: {BitsPerPixel} bits per pixel with compression {(uint)Compression} is not supported; save the image as PNG");
        }
    }

    private uint[] ReadMasks(ReadOnlySpan<byte> data, int length)
    {
        if (Compression == BmpCompression.None)
        {
            return BitsPerPixel == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];
        }

        // After a header of 40 bytes, or at the same position in a longer one.
        int count = Compression == BmpCompression.AlphaBitFields || length >= 56 ? 4 : 3;
        Require(data, FileHeaderLength + 40 + (count * 4), "the table of bit masks");
        uint[] masks = new uint[4];
        for (int i = 0; i < count; i++)
        {
            masks[i] = BinaryPrimitives.ReadUInt32LittleEndian(data[(FileHeaderLength + 40 + (i * 4))..]);
        }

        return masks;
    }

    private byte[] ReadPalette(ReadOnlySpan<byte> data, int offset, uint used, int entryLength)
    {
        int count = used == 0 ? 1 << BitsPerPixel : (int)Math.Min(used, 256);
        Require(data, offset + ((long)count * entryLength), "the palette");
        byte[] palette = new byte[count * 3];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = data[(offset + (i * entryLength))..];
            (palette[i * 3], palette[(i * 3) + 1], palette[(i * 3) + 2]) = (entry[2], entry[1], entry[0]);
        }

        return palette;
    }
}
