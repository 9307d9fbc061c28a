using System.IO.Compression;

namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>Decodes PNG files (W3C, second edition): all color types, bit depths, interlacing and transparency. Gamma is ignored.</summary>
internal sealed class PngDecoder : IImageDecoder, IDamageFinder, IDecodingEstimator
{
    // The highest compression ratio of Deflate, which bounds the memory that a small file can claim.
    private const long MaxCompressionRatio = 1032;

    /// <summary>The first bytes of every PNG file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <inheritdoc />
    public string FormatName => "PNG";

    /// <inheritdoc />
    public IReadOnlyList<string> Extensions => [".png"];

    /// <inheritdoc />
    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith(Signature);

    /// <inheritdoc />
    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        var chunks = PngChunks.Read(data, options);
        PngHeader header = chunks.Header;
        long needed = PngInterlacing.BytesOf(header);
        if (needed > chunks.DataLength * MaxCompressionRatio)
        {
            throw new InvalidImageException(
                $"PNG: {chunks.DataLength} compressed bytes cannot hold {header.Width} x {header.Height} pixels; the file is truncated");
        }

        PixelRows rows = DecodeRows(data, chunks, options.ReductionOf(header.Width, header.Height));
        return Orientation.Upright(rows.ToPixels(), rows.Width, rows.Height, chunks.Orientation);
    }

    /// <inheritdoc />
    public DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        PngHeader header = PngChunks.ReadHeader(data, options);
        DecodingEstimate rows = PixelRows.Estimate(header.Width, header.Height, options.ReductionOf(header.Width, header.Height));

        // Whether the image must be turned upright, which takes a copy, may stand behind the pixels.
        long copy = PixelRows.Reduced(header.Width, rows.Reduction) * 3L * PixelRows.Reduced(header.Height, rows.Reduction);
        return rows with { Bytes = rows.Bytes + copy };
    }

    /// <inheritdoc />
    public string? FindDamage(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        List<string> damage = PngChunks.Read(data, options).Damage;
        return damage.Count == 0 ? null : $"PNG: {string.Join("; ", damage)}";
    }

    private static unsafe PixelRows DecodeRows(ReadOnlySpan<byte> data, PngChunks chunks, int reduction)
    {
        fixed (byte* file = data)
        {
            using var stream = new ZLibStream(new PngDataStream(file, data.Length, chunks.Data), CompressionMode.Decompress);
            return DecodeRows(stream, chunks, reduction);
        }
    }

    private static PixelRows DecodeRows(ZLibStream stream, PngChunks chunks, int reduction)
    {
        PngHeader header = chunks.Header;
        var converter = new PngRowConverter(chunks);
        var rows = new PixelRows(header.Width, header.Height, reduction);
        int pixelBytes = Math.Max(1, header.BitsPerPixel / 8);

        // The number of the filter, then the row. Two buffers, as a row is restored from the row above.
        byte[] row = new byte[1 + header.RowBytes(header.Width)];
        byte[] above = new byte[row.Length];
        byte[] sparse = header.IsInterlaced && reduction > 1 ? new byte[header.Width * 3] : [];
        foreach (PngPass pass in PngInterlacing.PassesOf(header))
        {
            int width = pass.WidthOf(header.Width);
            if (width <= 0)
            {
                continue;
            }

            int bytes = header.RowBytes(width);
            Array.Clear(above);
            for (int y = pass.FirstRow; y < header.Height; y += pass.RowStep)
            {
                ReadRow(stream, row.AsSpan(0, 1 + bytes), y);
                PngFilters.Restore(row[0], row.AsSpan(1, bytes), above.AsSpan(1, bytes), pixelBytes);
                if (sparse.Length > 0)
                {
                    converter.Convert(row.AsSpan(1, bytes), width, sparse, 1);
                    rows.Add(y, pass.FirstColumn, pass.ColumnStep, sparse.AsSpan(0, width * 3));
                }
                else
                {
                    converter.Convert(row.AsSpan(1, bytes), width, rows.Row(y)[(pass.FirstColumn * 3)..], pass.ColumnStep);
                    rows.Complete(y);
                }

                (row, above) = (above, row);
            }
        }

        return rows;
    }

    private static void ReadRow(ZLibStream stream, Span<byte> row, int y)
    {
        try
        {
            stream.ReadExactly(row);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidImageException($"PNG: the compressed pixels end in row {y}; the file is truncated", e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // The stream reads from memory: an IOException is zlib's, as for a preset dictionary.
            throw new InvalidImageException($"PNG: the compressed pixels of row {y} are invalid; the file is damaged", e);
        }
    }
}
