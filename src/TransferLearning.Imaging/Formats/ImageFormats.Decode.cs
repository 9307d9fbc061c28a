using TransferLearning.Imaging.Decoding;
using TransferLearning.Imaging.Formats;

namespace TransferLearning.Imaging;

public sealed partial class ImageFormats
{
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
