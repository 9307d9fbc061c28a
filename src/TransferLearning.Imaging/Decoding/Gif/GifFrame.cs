using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Gif;

/// <summary>An image descriptor: the position of a frame on the canvas, its row order and its palette.</summary>
internal sealed record GifFrame(int Left, int Top, int Width, int Height, bool IsInterlaced, byte[] Palette)
{
    private const int DescriptorLength = 9;

    /// <summary>Reads the descriptor, which follows its separator.</summary>
    /// <param name="data">The file.</param>
    /// <param name="position">The start of the descriptor; moved past it and its palette.</param>
    /// <param name="globalPalette">The palette of a frame that has none of its own.</param>
    public static GifFrame Read(ReadOnlySpan<byte> data, ref int position, byte[] globalPalette)
    {
        GifDecoder.Require(data, position + DescriptorLength, "the first frame's header");
        ReadOnlySpan<byte> descriptor = data.Slice(position, DescriptorLength);
        position += DescriptorLength;
        byte flags = descriptor[8];
        byte[] palette = (flags & 0x80) == 0 ? globalPalette : ReadPalette(data, ref position, flags);
        if (palette.Length == 0)
        {
            throw new InvalidImageException("GIF: the first frame has no palette; the file is damaged");
        }

        return new GifFrame(
            BinaryPrimitives.ReadUInt16LittleEndian(descriptor),
            BinaryPrimitives.ReadUInt16LittleEndian(descriptor[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(descriptor[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(descriptor[6..]),
            (flags & 0x40) != 0,
            palette);
    }

    /// <summary>Reads a palette, [entries, 3], of the size given by the flags.</summary>
    public static byte[] ReadPalette(ReadOnlySpan<byte> data, ref int position, int flags)
    {
        int length = 3 * (2 << (flags & 7));
        GifDecoder.Require(data, position + length, "a palette");
        byte[] palette = data.Slice(position, length).ToArray();
        position += length;
        return palette;
    }

    /// <summary>The row of the frame that a stored row is: interlaced files store rows in another order.</summary>
    public int RowOf(int stored)
    {
        if (!IsInterlaced)
        {
            return stored;
        }

        foreach ((int first, int step) in (ReadOnlySpan<(int, int)>)[(0, 8), (4, 8), (2, 4), (1, 2)])
        {
            int count = (Height - first + step - 1) / step;
            if (stored < count)
            {
                return first + (stored * step);
            }

            stored -= Math.Max(count, 0);
        }

        return stored;
    }
}
