namespace TransferLearning.Imaging;

/// <summary>
/// The largest image files that are read and decoded, so that no file takes more memory than the program can spare. Immutable.
/// </summary>
/// <remarks>Thread-safe. An image beyond a limit is refused before memory is taken for it; in a data set, it is left out.</remarks>
public sealed record ImageLimits
{
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

    internal DecoderOptions Decoding { get; private init; } = DecoderOptions.Default;

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
