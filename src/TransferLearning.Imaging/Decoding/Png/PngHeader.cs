using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>The IHDR chunk.</summary>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    /// <summary>The length of the chunk's content.</summary>
    public const int Length = 13;

    /// <summary>Values per pixel.</summary>
    public int Channels => ColorType switch
    {
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgb => 3,
        PngColorType.Rgba => 4,
        PngColorType.Gray or PngColorType.Palette => 1,
        _ => throw new InvalidOperationException($"{ColorType} is no color type"),
    };

    /// <summary>Bits per pixel.</summary>
    public int BitsPerPixel => Channels * BitDepth;

    /// <summary>The bytes of a row of this many pixels.</summary>
    public int RowBytes(int width) => (int)((((long)width * BitsPerPixel) + 7) / 8);

    /// <summary>Reads the chunk's content.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> chunk, DecoderOptions options)
    {
        if (chunk.Length != Length)
        {
            throw new InvalidImageException($"PNG: the header has {chunk.Length} bytes, not {Length}; the file is damaged");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        options.CheckSize("PNG", width, height);
        (byte depth, PngColorType type, byte interlace) = (chunk[8], (PngColorType)chunk[9], chunk[12]);
        bool valid = type switch
        {
            PngColorType.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Palette => depth is 1 or 2 or 4 or 8,
            PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!valid || chunk[10] != 0 || chunk[11] != 0 || interlace > 1)
        {
            throw new InvalidImageException(
                $"PNG: color type {chunk[9]}, bit depth {depth}, compression {chunk[10]}, filter {chunk[11]}, interlace {interlace} "
                + "in the header are not a valid combination; the file is damaged");
        }

        return new PngHeader((int)width, (int)height, depth, type, interlace == 1);
    }
}
