using System.Globalization;
using TransferLearning.Bottlenecks;
using TransferLearning.Files;

namespace TransferLearning.Tuning.Stages;

/// <summary>Whether the maps that trained stages begin with are kept in the bottleneck cache, and what they take. Immutable.</summary>
/// <param name="Cache">The cache, whose features are float16; null to compute the maps in each epoch.</param>
/// <param name="Bytes">The size of all maps.</param>
/// <param name="Reason">Why they are not kept; null where they are.</param>
internal sealed record BoundaryStorage(BottleneckCache? Cache, long Bytes, string? Reason)
{
    /// <summary>The bytes of a record beside its values.</summary>
    private const int RecordOverhead = 36;

    /// <summary>Whether maps are kept.</summary>
    public bool IsUsed => Cache is not null;

    /// <summary>Decides where maps are kept: in the cache, unless they would exceed its limit, or take more than half of the disk that is
    /// free or already holds them.</summary>
    /// <param name="cache">The cache of the run; null for none.</param>
    /// <param name="maps">The number of maps: images times views.</param>
    /// <param name="length">The values of a map.</param>
    /// <param name="freeBytes">The free space where the cache is; null where it is not known.</param>
    /// <param name="keptBytes">What the cache already holds of these maps.</param>
    public static BoundaryStorage Of(BottleneckCache? cache, long maps, int length, long? freeBytes, long keptBytes = 0)
    {
        long bytes = maps * ((length * sizeof(ushort)) + RecordOverhead);
        string? reason = cache is null ? "there is no cache"
            : cache.Options.MaxBytes is { } limit && bytes > limit ? $"the cache may take {Megabytes(limit)}"
            : freeBytes is { } free && bytes > (free + keptBytes) / 2
                ? $"the disk of the cache has {Megabytes(free)} free, half of which is used"
                : null;
        return new BoundaryStorage(
            reason is null ? Halved(cache!) : null,
            bytes,
            reason);
    }

    /// <summary>A cache that keeps float16 in the same folder.</summary>
    public static BottleneckCache Halved(BottleneckCache cache) =>
        new(cache.Directory, cache.Options with { Precision = BottleneckPrecision.Half });

    /// <summary>The free bytes where a cache is, or will be; null where they are not known.</summary>
    public static long? FreeBytes(BottleneckCache cache)
    {
        string? folder = cache.Directory;
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null ? null : DiskSpace.Free(folder);
    }

    /// <summary>Rounds values as the cache does.</summary>
    public static void Round(Span<float> values)
    {
        if (!CanRound(values))
        {
            return;
        }

        foreach (ref float value in values)
        {
            value = (float)(Half)value;
        }
    }

    /// <summary>Whether float16 can hold all values.</summary>
    public static bool CanRound(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!(Math.Abs(value) <= 65504))
            {
                return false;
            }
        }

        return true;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:#,0} MB");
}
