using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>Decodes Windows and OS/2 bitmaps: palettes, 16, 24 and 32 bits, bit masks, run-length coding, either row order.</summary>
internal sealed class BmpDecoder : IImageDecoder, IDecodingEstimator
{
    /// <inheritdoc />
    public string FormatName => "BMP";

    /// <inheritdoc />
    public IReadOnlyList<string> Extensions => [".bmp"];

    /// <inheritdoc />
    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith("BM"u8);

    /// <inheritdoc />
    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var header = BmpHeader.Read(data, options);
        (int width, int height) = (header.Width, header.Height);
        bool runs = header.Compression is BmpCompression.RunLength4 or BmpCompression.RunLength8;

        // Rows are padded to 4 bytes; those expanded from runs have one byte per pixel.
        int bits = runs ? 8 : header.BitsPerPixel;
        long stride = (((long)width * bits) + 31) / 32 * 4;
        if (!runs)
        {
            BmpHeader.Require(data, header.PixelOffset + (stride * height), "the last row of pixels");
        }

        DecoderOptions.CheckDensity(FormatName, width, height, data.Length);
        BmpMask[] masks = Array.ConvertAll(header.Masks, m => new BmpMask(m));
        var rows = new PixelRows(width, height, options.ReductionOf(width, height));
        var runLength = new BmpRunLength(data, header);
        byte[] indices = runs ? new byte[width] : [];
        for (int y = 0; y < height; y++)
        {
            if (runs)
            {
                runLength.Expand(y, indices);
            }

            ReadOnlySpan<byte> row = runs ? indices : data.Slice((int)(header.PixelOffset + (y * stride)), (int)stride);
            int at = header.IsTopDown ? y : height - 1 - y;
            Span<byte> target = rows.Row(at);
            if (bits <= 8)
            {
                ConvertIndices(row, bits, header.Palette, target);
            }
            else if (bits == 24)
            {
                ConvertBgr(row, target);
            }
            else
            {
                ConvertMasked(row, bits, masks, target);
            }

            rows.Complete(at);
        }

        if (runs)
        {
            runLength.End();
        }

        return new RgbImage(rows.Width, rows.Height, rows.ToPixels());
    }

    /// <inheritdoc />
    public DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var header = BmpHeader.Read(data, options);
        return PixelRows.Estimate(header.Width, header.Height, options.ReductionOf(header.Width, header.Height));
    }

    private static void ConvertIndices(ReadOnlySpan<byte> row, int bits, byte[] palette, Span<byte> rgb)
    {
        for (int x = 0, i = 0; i < rgb.Length; x++, i += 3)
        {
            int bit = x * bits;
            int index = (row[bit / 8] >> (8 - bits - (bit % 8))) & ((1 << bits) - 1);
            if (index * 3 >= palette.Length)
            {
                throw new InvalidImageException(
                    $"BMP: a pixel has the color {index} of a palette of {palette.Length / 3}; the file is damaged");
            }

            palette.AsSpan(index * 3, 3).CopyTo(rgb[i..]);
        }
    }

    private static void ConvertBgr(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        for (int i = 0; i < rgb.Length; i += 3)
        {
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (row[i + 2], row[i + 1], row[i]);
        }
    }

    private static void ConvertMasked(ReadOnlySpan<byte> row, int bits, BmpMask[] masks, Span<byte> rgb)
    {
        for (int x = 0, i = 0; i < rgb.Length; x++, i += 3)
        {
            uint pixel = bits == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(row[(x * 2)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(row[(x * 4)..]);
            int opacity = masks[3].IsEmpty ? 255 : masks[3].Of(pixel);
            for (int channel = 0; channel < 3; channel++)
            {
                rgb[i + channel] = Blending.OverWhite(masks[channel].Of(pixel), opacity);
            }
        }
    }
}
