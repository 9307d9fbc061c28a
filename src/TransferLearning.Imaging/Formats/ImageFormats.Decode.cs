using TransferLearning.Imaging.Decoding;
using TransferLearning.Imaging.Formats;

namespace TransferLearning.Imaging;

public sealed partial class ImageFormats
{
    // For decoders that do not say what decoding takes: as for a photo with four pixels in a byte, and as for one of 5 megapixels at least.
    private const long UnknownBytesPerByte = 12;
    private const long MinUnknownBytes = 64L << 20;

    // Buffers that several threads keep must be a small part of the memory that all images take together.
    private const int MaxPooledShare = 32;

    /// <summary>Decodes an image file by its content; EXIF orientation is applied, transparency is laid over white.</summary>
    /// <param name="data">The whole file.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">
    /// The data is truncated, damaged, larger than <see cref="ImageLimits.Default"/>, or in none of the formats; then the message lists
    /// them.
    /// </exception>
    /// <remarks>Blocks and uses one thread: a photo of 12 megapixels takes some 50 milliseconds.</remarks>
    public RgbImage Decode(ReadOnlySpan<byte> data) => Decode(data, DecoderOptions.Default);

    /// <summary>Decodes an image file as <see cref="Decode(ReadOnlySpan{byte})"/> does, within other limits.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="limits">The largest file and image.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">
    /// The data is truncated, damaged, larger than the limits, or in none of the formats; then the message lists them.
    /// </exception>
    public RgbImage Decode(ReadOnlySpan<byte> data, ImageLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        limits.CheckLength(data.Length);
        return Decode(data, limits.Decoding);
    }

    /// <summary>Decodes an image file from a stream, read from its position to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <returns>The upright image.</returns>
    /// <exception cref="InvalidImageException">As for <see cref="Decode(ReadOnlySpan{byte})"/>.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <remarks>Copies the rest of the stream into memory, then decodes it on the calling thread.</remarks>
    public RgbImage Decode(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>
    /// Decodes an image file for a network or check: at a reduced size, where it has more than 40,000,000 pixels and its decoder can.
    /// </summary>
    /// <param name="data">The whole file.</param>
    /// <param name="limits">The largest file and image, and the memory that decoding may take.</param>
    /// <param name="minSide">The least length of the shorter side of a reduced image.</param>
    internal RgbImage DecodeReduced(ReadOnlySpan<byte> data, ImageLimits limits, int minSide)
    {
        limits.CheckLength(data.Length);
        DecoderOptions options = limits.Reducing(minSide);
        if (EstimateOrNull(data, options) is { } estimate)
        {
            limits.CheckMemory(estimate);
            options = options with { PoolsMemory = estimate.Bytes <= limits.MaxMemory / MaxPooledShare };
        }

        return Decode(data, options);
    }

    /// <summary>
    /// The memory that <see cref="DecodeReduced"/> takes beside the file, in bytes; a guess by its length where the decoder or the start of
    /// the file does not say.
    /// </summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <param name="length">The length of the file.</param>
    /// <param name="limits">As for <see cref="DecodeReduced"/>.</param>
    /// <param name="minSide">As for <see cref="DecodeReduced"/>.</param>
    internal long EstimateMemory(ReadOnlySpan<byte> start, long length, ImageLimits limits, int minSide) =>
        EstimateOrNull(start, limits.Reducing(minSide))?.Bytes
            ?? (FindOrNull(start) is null ? 0 : Math.Max(length * UnknownBytesPerByte, MinUnknownBytes));

    /// <summary>Whether <see cref="DecodeReduced"/> returns a smaller image than the file has.</summary>
    internal bool IsReduced(ReadOnlySpan<byte> data, ImageLimits limits, int minSide) =>
        EstimateOrNull(data, limits.Reducing(minSide)) is { Reduction: > 1 };

    internal RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        IImageDecoder decoder = Find(data)
            ?? throw new InvalidImageException($"{UnknownFormat.Describe(data)}; the formats that can be decoded are {this}");
        try
        {
            return decoder.Decode(data, options);
        }
        catch (Exception e) when (e is not InvalidImageException)
        {
            throw new InvalidImageException(DecoderFault.Describe(decoder, e), e);
        }
    }

    /// <summary>What is wrong with a file that is decoded all the same; null for a whole file, or where its decoder does not
    /// look.</summary>
    internal string? FindDamage(ReadOnlySpan<byte> data, ImageLimits limits) =>
        (Find(data) as IDamageFinder)?.FindDamage(data, limits.Decoding);

    /// <summary>The decoder of a file, if it is not built in; null for a built-in one or none.</summary>
    internal IImageDecoder? FindForeign(ReadOnlySpan<byte> data) =>
        ForeignDecoders.Length > 0 && Find(data) is { } decoder && ForeignDecoders.Contains(decoder) ? decoder : null;

    // A file whose header is wrong has no estimate: decoding it says what is wrong.
    private DecodingEstimate? EstimateOrNull(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        try
        {
            return (Find(data) as IDecodingEstimator)?.Estimate(data, options);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private IImageDecoder? FindOrNull(ReadOnlySpan<byte> data)
    {
        try
        {
            return Find(data);
        }
        catch (InvalidImageException)
        {
            return null;
        }
    }

    private IImageDecoder? Find(ReadOnlySpan<byte> data)
    {
        foreach (IImageDecoder decoder in _decoders)
        {
            try
            {
                if (decoder.Matches(data))
                {
                    return decoder;
                }
            }
            catch (Exception e)
            {
                throw new InvalidImageException(DecoderFault.Describe(decoder, e), e);
            }
        }

        return null;
    }
}
