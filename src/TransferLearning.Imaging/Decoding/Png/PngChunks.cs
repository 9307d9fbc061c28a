using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>The content of the chunks of a file; compressed pixels as ranges of the file.</summary>
internal sealed class PngChunks
{
    private const int SignatureLength = 8;

    /// <summary>Size and pixel format.</summary>
    public required PngHeader Header { get; init; }

    /// <summary>[entries, 3] red, green, blue; empty without a palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The tRNS chunk: the opacity of each palette entry, or the transparent color.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>The EXIF orientation, 1..8.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>The ranges of the file that hold the compressed pixels, in order.</summary>
    public List<Range> Data { get; } = [];

    /// <summary>The number of bytes in <see cref="Data"/>.</summary>
    public long DataLength { get; private set; }

    /// <summary>Reads every chunk up to the end of the image and checks it.</summary>
    public static PngChunks Read(ReadOnlySpan<byte> file, DecoderOptions options)
    {
        PngChunks? chunks = null;
        int position = SignatureLength;
        while (true)
        {
            if (position + 12L > file.Length)
            {
                throw Truncated(file.Length, "the end of the image");
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            ReadOnlySpan<byte> type = file.Slice(position + 4, 4);
            if (position + 12L + length > file.Length)
            {
                throw Truncated(file.Length, $"the end of a chunk of {length} bytes that starts at byte {position}");
            }

            ReadOnlySpan<byte> content = file.Slice(position + 8, (int)length);
            uint checksum = BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]);
            if (checksum != Crc32.Compute(file.Slice(position + 4, 4 + (int)length)))
            {
                throw new InvalidImageException($"PNG: the checksum of the chunk at byte {position} is wrong; the file is damaged");
            }

            if (chunks == null)
            {
                chunks = type.SequenceEqual("IHDR"u8)
                    ? new PngChunks { Header = PngHeader.Read(content, options) }
                    : throw new InvalidImageException("PNG: the first chunk is not the header; the file is damaged");
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return chunks;
            }
            else
            {
                chunks.Add(type, content, position + 8);
            }

            position += 12 + (int)length;
        }
    }

    private void Add(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content, int position)
    {
        if (type.SequenceEqual("IDAT"u8))
        {
            Data.Add(position..(position + content.Length));
            DataLength += content.Length;
        }
        else if (type.SequenceEqual("PLTE"u8))
        {
            Palette = content.Length is > 0 and <= 768 && content.Length % 3 == 0
                ? content.ToArray()
                : throw new InvalidImageException($"PNG: the palette at byte {position} has {content.Length} bytes; the file is damaged");
        }
        else if (type.SequenceEqual("tRNS"u8))
        {
            Transparency = content.ToArray();
        }
        else if (type.SequenceEqual("eXIf"u8))
        {
            Orientation = ExifOrientation.Find(content);
        }
        else if ((type[0] & 0x20) == 0)
        {
            throw new InvalidImageException(
                $"PNG: the chunk {Name(type)} at byte {position - 8} is required but unknown; save the image as an ordinary PNG");
        }
    }

    private static string Name(ReadOnlySpan<byte> type) => Convert.ToHexString(type);

    private static InvalidImageException Truncated(int length, string before) =>
        new($"PNG: the data ends at byte {length}, before {before}; the file is truncated");
}
