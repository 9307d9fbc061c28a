using TransferLearning.Imaging;

namespace TransferLearning.Data;

/// <summary>
/// The largest archives that are read, so that a small file that unpacks to a huge one takes neither memory nor disk space. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. An entry beyond a limit is one image that cannot be used, with its name and the reason; an archive beyond one is refused.
/// What an archive says of an entry is believed only as far as its compressed bytes can give: Deflate packs at most 1032 bytes into one.
/// </remarks>
public sealed record ArchiveLimits
{
    /// <summary>Up to this size, in bytes, the ratio of an entry or archive is not limited: 16 MiB.</summary>
    internal const long FreeBytes = 16L << 20;

    /// <summary>The most entries of an archive. Default: 5,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxEntries
    {
        get;
        init => field = CheckPositive(value);
    }

    = 5_000_000;

    /// <summary>The largest entry, unpacked, in bytes. Default: 1,073,741,824. <see cref="ImageLimits"/> may allow less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 2,147,483,591.</exception>
    public long MaxEntryBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength);
            field = CheckPositive(value);
        }
    }

    = 1L << 30;

    /// <summary>
    /// The most bytes that all entries of a .zip file have together, unpacked, and that a .tar.gz file unpacks to. Default:
    /// 274,877,906,944 (256 GiB). A .tar file is read where it is and has no such limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxTotalBytes
    {
        get;
        init => field = CheckPositive(value);
    }

    = 1L << 38;

    /// <summary>
    /// How many bytes one compressed byte may unpack to, for an entry and for the whole archive, where more than 16 MiB are unpacked.
    /// Default: 50; image files hardly compress at all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxRatio
    {
        get;
        init => field = CheckPositive(value);
    }

    = 50;

    internal static ArchiveLimits Default { get; } = new();

    private static long CheckPositive(long value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
