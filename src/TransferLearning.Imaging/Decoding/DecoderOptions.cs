namespace TransferLearning.Imaging;

/// <summary>What an <see cref="IImageDecoder"/> has to respect. Immutable.</summary>
/// <remarks>Thread-safe. <see cref="ImageFormats"/> gives them to its decoders, from its <see cref="ImageLimits"/>.</remarks>
public sealed record DecoderOptions
{
    // As many pixels as an array of bytes can hold with 3 bytes per pixel.
    private const long MaxSupportedPixels = int.MaxValue / 3;

    /// <summary>The largest width * height that is decoded. Default: 268,435,456 (256 megapixels, which take 768 MiB).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 715,827,882.</exception>
    public long MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxSupportedPixels);
            field = value;
        }
    }

    = 256L * 1024 * 1024;

    internal static DecoderOptions Default { get; } = new();

    /// <summary>
    /// Refuses an empty image and one of more than <see cref="MaxPixels"/>. A decoder calls it with the size that the file's header states,
    /// before it allocates memory of that size: a few hostile bytes must not claim gigabytes.
    /// </summary>
    /// <param name="formatName">The decoder's <see cref="IImageDecoder.FormatName"/>, which starts the message.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="InvalidImageException">A side is below 1, or there are too many pixels.</exception>
    public void CheckSize(string formatName, long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new InvalidImageException($"{formatName}: the header says {width} x {height} pixels; both must be at least 1");
        }

        if (width > MaxPixels / height)
        {
            throw new InvalidImageException(
                $"{formatName}: the header says {width} x {height} pixels; at most {MaxPixels} pixels are decoded "
                + $"(the limit {nameof(ImageLimits)}.{nameof(ImageLimits.MaxPixels)}): make the image smaller, or raise the limit");
        }
    }
}
