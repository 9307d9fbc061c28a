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

    /// <summary>What is wrong with the file outside its pixels, in order; empty for a whole file.</summary>
    public List<string> Damage { get; } = [];

    /// <summary>Reads the header from the first bytes of a file.</summary>
    public static PngHeader ReadHeader(ReadOnlySpan<byte> start, DecoderOptions options) =>
        start.Length >= SignatureLength + 8 + PngHeader.Length && start.Slice(SignatureLength + 4, 4).SequenceEqual("IHDR"u8)
            ? PngHeader.Read(start.Slice(SignatureLength + 8, PngHeader.Length), options)
            : throw Truncated(start.Length, "the end of the header");

    /// <summary>
    /// Reads every chunk up to the end of the image and checks it. Damage that cannot change a pixel, behind the pixels or in a text, is
    /// noted in <see cref="Damage"/>.
    /// </summary>
    public static PngChunks Read(ReadOnlySpan<byte> file, DecoderOptions options)
    {
        PngChunks? chunks = null;
        int position = SignatureLength;
        while (true)
        {
            if (position + 12L > file.Length)
            {
                return EndEarly(chunks, file.Length) ?? throw Truncated(file.Length, "the end of the image");
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            ReadOnlySpan<byte> type = file.Slice(position + 4, 4);
            if (position + 12L + length > file.Length)
            {
                return EndIn(chunks, type, position, length, file)
                    ?? throw Truncated(file.Length, $"the end of a chunk of {length} bytes that starts at byte {position}");
            }

            ReadOnlySpan<byte> content = file.Slice(position + 8, (int)length);
            uint checksum = BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]);
            bool isWhole = checksum == Crc32.Compute(file.Slice(position + 4, 4 + (int)length));
            if (!isWhole && (chunks == null || !IsOutsidePixels(type)))
            {
                throw new InvalidImageException($"PNG: the checksum of the chunk at byte {position} is wrong; the file is damaged");
            }

            if (!isWhole)
            {
                chunks!.Damage.Add($"the checksum of the chunk {System.Text.Encoding.ASCII.GetString(type)} at byte {position} is wrong");
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
            else if (isWhole)
            {
                chunks.Add(type, content, position + 8);
            }

            position += 12 + (int)length;
        }
    }

    /// <summary>The chunks of a file that ends between two of them; null where there are no pixels yet.</summary>
    private static PngChunks? EndEarly(PngChunks? chunks, int length)
    {
        if (chunks is not { DataLength: > 0 })
        {
            return null;
        }

        chunks.Damage.Add($"the data ends at byte {length}, before the end marker (IEND)");
        return chunks;
    }

    /// <summary>
    /// The chunks of a file that ends in one of them; null where that one may hold pixels that are missing. Whether the pixels before it
    /// are complete shows when they are decompressed.
    /// </summary>
    private static PngChunks? EndIn(PngChunks? chunks, ReadOnlySpan<byte> type, int position, uint length, ReadOnlySpan<byte> file)
    {
        if (chunks == null || !type.SequenceEqual("IDAT"u8))
        {
            return EndEarly(chunks, file.Length);
        }

        if (position + 8L + length > file.Length)
        {
            return null;
        }

        chunks.Add(type, file.Slice(position + 8, (int)length), position + 8);
        return EndEarly(chunks, file.Length);
    }

    // IEND is empty. Every chunk that decoders may skip has a lowercase first letter; tRNS is one, but its content changes pixels.
    private static bool IsOutsidePixels(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IEND"u8)
        || (type[0] is >= (byte)'a' and <= (byte)'z' && System.Text.Ascii.IsValid(type) && !type.SequenceEqual("tRNS"u8));

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
