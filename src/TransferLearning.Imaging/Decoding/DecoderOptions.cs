namespace TransferLearning.Imaging;

/// <summary>What an <see cref="IImageDecoder"/> has to respect. Immutable.</summary>
/// <remarks>Thread-safe. <see cref="ImageFormats"/> gives them to its decoders, from its <see cref="ImageLimits"/>.</remarks>
public sealed record DecoderOptions
{
    // As many pixels as an array of bytes can hold with 3 bytes per pixel.
    private const long MaxSupportedPixels = int.MaxValue / 3;

    private const int MaxReduction = 8;

    // The densest image that compresses well, a blank one, has about 2,000 pixels per byte in a GIF file and 8,000 in a PNG file.
    private const long MinPixelsToCheckDensity = 16_000_000;
    private const long MaxPixelsPerByte = 10_000;

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

    /// <summary>
    /// Images of more pixels may be returned at a half, a quarter or an eighth of their size, as <see cref="ReductionOf"/> says, by
    /// decoders that take less memory for it. Default: <see cref="long.MaxValue"/>, never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long ReduceAbovePixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = long.MaxValue;

    /// <summary>
    /// The least length of the shorter side of an image that is returned at a reduced size, in pixels. Default: 1024. Work with a network
    /// raises it to twice the size of the network's input.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MinReducedSide
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 1024;

    /// <summary>36 MB of pixels: the sides are still several times as long as those of common network inputs.</summary>
    internal long MaxReducedPixels { get; init; } = 12_000_000;

    /// <summary>Whether buffers are kept for the next image, which each thread may do.</summary>
    internal bool PoolsMemory { get; init; } = true;

    internal static DecoderOptions Default { get; } = new();

    /// <summary>
    /// The factor by which an image is reduced: 1 up to <see cref="ReduceAbovePixels"/>; above, the first of 2, 4 and 8 that leaves at most
    /// 12,000,000 pixels, or a smaller one where the shorter side would fall below <see cref="MinReducedSide"/>.
    /// </summary>
    /// <remarks>
    /// A pixel of the reduced image is the mean of a square of that many pixels a side; the last squares of a row and column may be cut
    /// off. The sides of the reduced image are rounded up.
    /// </remarks>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public int ReductionOf(int width, int height)
    {
        long pixels = (long)width * height;
        int reduction = 1;
        if (pixels > ReduceAbovePixels)
        {
            while (reduction < MaxReduction
                && pixels / (reduction * reduction) > MaxReducedPixels
                && Math.Min(width, height) / (reduction * 2) >= MinReducedSide)
            {
                reduction *= 2;
            }
        }

        return reduction;
    }

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

    /// <summary>
    /// Refuses a large image in a file that is too short for any picture of that size. For formats in which a few bytes may claim many
    /// pixels that they do not hold.
    /// </summary>
    internal static void CheckDensity(string formatName, long width, long height, long bytes)
    {
        long pixels = width * height;
        if (pixels > MinPixelsToCheckDensity && pixels / MaxPixelsPerByte > bytes)
        {
            throw new InvalidImageException(
                $"{formatName}: the header says {width} x {height} pixels, but the file has only {bytes} bytes; "
                + $"a picture of that size has at least {pixels / MaxPixelsPerByte}");
        }
    }
}
