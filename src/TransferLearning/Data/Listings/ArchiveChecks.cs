using System.Globalization;

namespace TransferLearning.Data.Listings;

/// <summary>Compares what an archive says of its entries with <see cref="ArchiveLimits"/>, before it is unpacked. Immutable.</summary>
/// <param name="path">The archive, as messages name it.</param>
/// <param name="packedLength">The length of the archive file.</param>
/// <param name="limits">The limits.</param>
internal sealed class ArchiveChecks(string path, long packedLength, ArchiveLimits limits)
{
    // The highest compression ratio of Deflate.
    private const long MaxPossibleRatio = 1032;

    private const string Remedy = "unpack the archive and give the folder, or raise the limit";

    /// <summary>Why an entry is not read, to follow its name; null where it is.</summary>
    /// <param name="length">The length of the unpacked entry, as the archive says.</param>
    /// <param name="compressed">The length of the entry in the archive, as the archive says.</param>
    public string? Refuse(long length, long compressed)
    {
        if (length < 0 || compressed < 0 || compressed > packedLength || length > Multiply(compressed + 1, MaxPossibleRatio))
        {
            return $"the archive says that it has {Text(length)} bytes in {Text(compressed)} compressed ones, which cannot be: "
                + "the archive is damaged";
        }

        if (length > limits.MaxEntryBytes)
        {
            return $"it has {Text(length)} bytes; at most {Text(limits.MaxEntryBytes)} bytes of an entry of an archive are read: "
                + $"{Remedy} {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.MaxEntryBytes)}";
        }

        return length <= Allowed(compressed) ? null
            : $"it has {Text(length)} bytes in {Text(compressed)} compressed ones; more than {Text(limits.MaxRatio)} times as many are not "
                + $"unpacked: {Remedy} {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.MaxRatio)}";
    }

    /// <summary>Refuses an archive with too many entries.</summary>
    /// <exception cref="TransferLearningException">There are more than <see cref="ArchiveLimits.MaxEntries"/>.</exception>
    public void CheckEntries(long count)
    {
        if (count > limits.MaxEntries)
        {
            throw new TransferLearningException(
                $"the archive '{path}' has more than {Text(limits.MaxEntries)} entries: "
                + $"{Remedy} {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.MaxEntries)}");
        }
    }

    /// <summary>Refuses an archive that unpacks to too much.</summary>
    /// <param name="unpacked">The bytes of all entries that are read, or those unpacked so far.</param>
    /// <exception cref="TransferLearningException">The bytes are beyond a limit.</exception>
    public void CheckTotal(long unpacked)
    {
        if (unpacked > limits.MaxTotalBytes)
        {
            throw new TransferLearningException(
                $"the archive '{path}' unpacks to more than {Text(limits.MaxTotalBytes)} bytes: "
                + $"{Remedy} {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.MaxTotalBytes)}");
        }

        if (unpacked > Allowed(packedLength))
        {
            throw new TransferLearningException(
                $"the archive '{path}' of {Text(packedLength)} bytes unpacks to {Text(unpacked)} bytes or more; "
                + $"more than {Text(limits.MaxRatio)} times as many are not unpacked: "
                + $"{Remedy} {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.MaxRatio)}");
        }
    }

    private long Allowed(long compressed) => Math.Max(ArchiveLimits.FreeBytes, Multiply(compressed, limits.MaxRatio));

    private static long Multiply(long a, long b) => a > long.MaxValue / b ? long.MaxValue : a * b;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
