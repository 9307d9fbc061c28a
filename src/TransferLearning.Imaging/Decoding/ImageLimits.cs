namespace TransferLearning.Imaging;

/// <summary>
/// The largest image files that are read and decoded, so that no file takes more memory than the program can spare. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. An image beyond a limit is refused before memory is taken for it; in a data set, it is left out. Images of more than
/// 40,000,000 pixels are decoded at a half, a quarter or an eighth of their size where the format can, for networks and checks.
/// </remarks>
public sealed record ImageLimits
{
    /// <summary>Larger images are decoded at a reduced size for networks and checks.</summary>
    internal const long MaxUnreducedPixels = 40_000_000;

    private static readonly long DefaultMaxMemory = Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, 1L << 26);

    /// <summary>For the files of data sets, which their owner chose: 268,435,456 pixels (768 MiB decoded) and 1 GiB.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>For files that others send to a service: 134,217,728 pixels (384 MiB decoded) and 64 MiB.</summary>
    public static ImageLimits Untrusted { get; } = new() { MaxPixels = 128L * 1024 * 1024, MaxBytes = 64L * 1024 * 1024 };

    /// <summary>The largest width * height that is decoded. Default: 268,435,456, of which each takes 3 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 715,827,882.</exception>
    public long MaxPixels
    {
        get => Decoding.MaxPixels;
        init => Decoding = new DecoderOptions { MaxPixels = value };
    }

    /// <summary>The largest image file that is read, in bytes. Default: 1,073,741,824.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 2,147,483,591.</exception>
    public long MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength);
            field = value;
        }
    }

    = 1L << 30;

    /// <summary>
    /// The memory that the images of a data set take together while several threads read and decode them, in bytes; an image that needs
    /// more is refused. Default: a quarter of the memory that is available to the process, which a container may restrict.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxMemory
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = DefaultMaxMemory;

    internal DecoderOptions Decoding { get; private init; } = DecoderOptions.Default;

    /// <summary>How images are decoded for a network or check, which needs no more than a few hundred pixels per side.</summary>
    /// <param name="minSide">The least length of the shorter side of a reduced image; lower values than the default do not count.</param>
    internal DecoderOptions Reducing(int minSide) => Decoding with
    {
        ReduceAbovePixels = MaxUnreducedPixels,
        MinReducedSide = Math.Max(minSide, DecoderOptions.Default.MinReducedSide),
    };

    /// <summary>Refuses an image whose decoding takes too much memory.</summary>
    /// <exception cref="InvalidImageException">The estimate is above <see cref="MaxMemory"/>.</exception>
    internal void CheckMemory(DecodingEstimate estimate)
    {
        if (estimate.Bytes > MaxMemory)
        {
            throw new InvalidImageException(
                $"decoding {estimate.Width} x {estimate.Height} pixels takes {estimate.Bytes >> 20} MiB; at most {MaxMemory >> 20} MiB are "
                + $"used (the limit {nameof(ImageLimits)}.{nameof(MaxMemory)}): make the image smaller, or raise the limit");
        }
    }

    /// <summary>Refuses a file that is too large.</summary>
    /// <param name="length">The length of the file, in bytes; negative where an archive says so.</param>
    /// <exception cref="InvalidImageException">The length is above <see cref="MaxBytes"/> or negative.</exception>
    internal void CheckLength(long length)
    {
        if (length < 0 || length > MaxBytes)
        {
            throw new InvalidImageException(
                $"the file has {length} bytes; at most {MaxBytes} bytes are read (the limit {nameof(ImageLimits)}.{nameof(MaxBytes)}): "
                + "make the image smaller, or raise the limit");
        }
    }
}
