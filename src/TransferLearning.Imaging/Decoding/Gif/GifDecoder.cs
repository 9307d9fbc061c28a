using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Gif;

/// <summary>Decodes the first frame of GIF files (87a and 89a) on a white canvas.</summary>
internal sealed class GifDecoder : IImageDecoder, IDecodingEstimator
{
    private const byte ExtensionSeparator = 0x21;
    private const byte FrameSeparator = 0x2C;
    private const byte GraphicControl = 0xF9;
    private const byte White = 255;

    /// <inheritdoc />
    public string FormatName => "GIF";

    /// <inheritdoc />
    public IReadOnlyList<string> Extensions => [".gif"];

    /// <inheritdoc />
    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8);

    /// <inheritdoc />
    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        Require(data, 13, "the header");
        ushort width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]);
        ushort height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]);
        options.CheckSize("GIF", width, height);
        int position = 13;
        byte[] palette = (data[10] & 0x80) != 0 ? GifFrame.ReadPalette(data, ref position, data[10]) : [];
        int transparent = SkipToFrame(data, ref position);
        var frame = GifFrame.Read(data, ref position, palette);
        options.CheckSize("GIF", frame.Width, frame.Height);
        Require(data, position + 1, "the first frame's header");
        int size = data[position];
        if (size is < 1 or > 8)
        {
            throw new InvalidImageException($"GIF: an index of {size} bits at byte {position} is invalid; the file is damaged");
        }

        DecoderOptions.CheckDensity(FormatName, Math.Max(width, frame.Width), Math.Max(height, frame.Height), data.Length);
        var rows = new PixelRows(width, height, options.ReductionOf(width, height));
        var decoder = new LzwDecoder(new GifBitReader(data, position + 1), size, frame.Width * frame.Height);
        Paint(rows, width, height, frame, decoder, transparent);
        return new RgbImage(rows.Width, rows.Height, rows.ToPixels());
    }

    /// <inheritdoc />
    public DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        Require(data, 13, "the header");
        (ushort width, ushort height) =
            (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]), BinaryPrimitives.ReadUInt16LittleEndian(data[8..]));
        options.CheckSize(FormatName, width, height);
        return PixelRows.Estimate(width, height, options.ReductionOf(width, height));
    }

    /// <summary>Throws if the data ends before a part of the file.</summary>
    public static void Require(ReadOnlySpan<byte> data, int length, string what)
    {
        if (data.Length < length)
        {
            throw Truncated(data.Length, what);
        }
    }

    /// <summary>The error for data that ends too early.</summary>
    public static InvalidImageException Truncated(int length, string what) =>
        new($"GIF: the data ends at byte {length}, before the end of {what}; the file is truncated");

    // Returns the transparent index of the first frame, or -1.
    private static int SkipToFrame(ReadOnlySpan<byte> data, ref int position)
    {
        int transparent = -1;
        while (true)
        {
            Require(data, position + 1, "the first frame");
            byte separator = data[position++];
            if (separator == FrameSeparator)
            {
                return transparent;
            }

            if (separator != ExtensionSeparator)
            {
                throw new InvalidImageException(
                    $"GIF: the byte {position - 1} starts no frame and no extension; the file is damaged or has no frame");
            }

            Require(data, position + 2, "an extension");
            if (data[position] == GraphicControl && data[position + 1] >= 4)
            {
                Require(data, position + 6, "an extension");
                transparent = (data[position + 2] & 1) != 0 ? data[position + 5] : -1;
            }

            position++;
            int length;
            do
            {
                Require(data, position + 1, "an extension");
                length = data[position];
                position += 1 + length;
            }
            while (length > 0);
        }
    }

    private static void Paint(PixelRows rows, int width, int height, GifFrame frame, LzwDecoder decoder, int transparent)
    {
        byte[] indices = new byte[frame.Width];
        for (int stored = 0; stored < frame.Height; stored++)
        {
            decoder.Read(indices);
            int y = frame.Top + frame.RowOf(stored);
            if (y >= height)
            {
                continue;
            }

            Span<byte> row = rows.Row(y);
            row.Fill(White);
            int visible = Math.Min(frame.Width, width - frame.Left);
            for (int x = 0; x < visible; x++)
            {
                int index = indices[x];
                if (index == transparent)
                {
                    continue;
                }

                if (index * 3 >= frame.Palette.Length)
                {
                    throw new InvalidImageException(
                        $"GIF: a pixel has the color {index} of a palette of {frame.Palette.Length / 3}; the file is damaged");
                }

                frame.Palette.AsSpan(index * 3, 3).CopyTo(row[((frame.Left + x) * 3)..]);
            }

            rows.Complete(y);
        }

        for (int y = 0; y < height; y++)
        {
            if (y < frame.Top || y >= frame.Top + frame.Height)
            {
                rows.Row(y).Fill(White);
                rows.Complete(y);
            }
        }
    }
}
