using System.Globalization;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// Reduces the folder of a cache that is larger than its limit to about 90 % of it. What costs least to lose goes first: superseded
/// records, then the features of networks that were not used for longest, then thumbnails and hashes of images without features, and last
/// the oldest images of the file in use.
/// </summary>
internal sealed class CacheEviction(CacheFolder folder, long limit)
{
    private readonly List<string> _removed = [];

    // So that not every run has to rewrite files.
    private long Target => limit - (limit / 10);

    /// <summary>Reduces a cache with a limit, after a run.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="store">What the run has used; it is closed.</param>
    /// <returns>What was removed, or why nothing could be; empty where there is no limit, or the cache is within it.</returns>
    public static IReadOnlyList<string> Apply(BottleneckCache cache, BottleneckStore store)
    {
        try
        {
            return cache.Options.MaxBytes is { } limit
                ? new CacheEviction(new CacheFolder(cache.Directory), limit).Run(store.Path, store.Added)
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [$"the cache '{cache.Directory}' cannot be reduced to its limit of size: {e.Message}"];
        }
    }

    /// <param name="pathInUse">The file of features that the run has used; null for the one that was used last.</param>
    /// <param name="own">The keys of the features that the run has stored.</param>
    /// <returns>What was removed, in sentences; empty where the folder was within its limit.</returns>
    /// <exception cref="IOException">The disk is full or fails, or another process does not release a lock.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write.</exception>
    public IReadOnlyList<string> Run(string? pathInUse, ICollection<ContentKey> own)
    {
        long before = folder.Bytes;
        if (before <= limit)
        {
            return [];
        }

        CompactAll();
        string? inUse = pathInUse ?? folder.Features.MaxBy(File.GetLastWriteTimeUtc);
        RemoveOtherNetworks(inUse);
        RemoveOrphans();
        string? warning = inUse is not null && folder.Bytes > Target ? RemoveOldest(inUse, own.ToHashSet()) : null;
        RemoveOrphans();
        string what = _removed.Count == 0 ? "what was not used any more" : string.Join(" and ", _removed);
        string sentence = $"the cache '{folder.Path}' was larger than its limit of {Size(limit)}: removed {what}, "
            + $"{Size(before - folder.Bytes)} in all";
        return warning is null ? [sentence] : [sentence, warning];
    }

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:#,0.0} MB");

    private void CompactAll()
    {
        foreach ((string path, RecordFormat format) in folder.RecordFiles())
        {
            if (CacheInspection.Count(path, format).Superseded > 0)
            {
                new RecordCompactor(path, format).Run();
            }
        }
    }

    private void RemoveOtherNetworks(string? inUse)
    {
        foreach (string path in folder.Features.Where(p => p != inUse).OrderBy(File.GetLastWriteTimeUtc))
        {
            if (folder.Bytes <= Target)
            {
                return;
            }

            string name = CacheFolder.FeaturesFormat(path)?.Name ?? Path.GetFileName(path);
            _removed.Add($"the features of '{name}' (last used {File.GetLastWriteTimeUtc(path):yyyy-MM-dd})");
            new SharedFile(path).Delete();
        }
    }

    /// <summary>Removes the thumbnails and hashes of images that no network has features of.</summary>
    private void RemoveOrphans()
    {
        if (folder.Bytes <= Target)
        {
            return;
        }

        HashSet<ContentKey> used = [];
        foreach (string path in folder.Features)
        {
            if (CacheFolder.FeaturesFormat(path) is { } format)
            {
                using var file = RecordFile.Open(path, format, out _);
                used.UnionWith(file.Keys);
            }
        }

        if (folder.Thumbnails is { } thumbnails)
        {
            new RecordCompactor(thumbnails, BottleneckStore.ThumbnailsFormat).Run(_ => used);
        }

        if (folder.Stamps is { } stamps)
        {
            new RecordCompactor(stamps, BottleneckStore.StampsFormat).Run(keys => StampsOf(stamps, keys, used));
        }
    }

    private static HashSet<ContentKey> StampsOf(string path, IReadOnlyList<ContentKey> keys, HashSet<ContentKey> used)
    {
        using var file = RecordFile.Open(path, BottleneckStore.StampsFormat, out _);
        byte[] payload = new byte[ContentKey.Size];
        return [.. keys.Where(key => file.TryRead(key, payload) == RecordState.Intact && IsUsed(ContentKey.Read(payload)))];

        // The keys of images of other decoders cannot be told from the content: such a file is read again, and found by its content.
        bool IsUsed(ContentKey content) => used.Contains(content) || used.Contains(CacheKey.Of(content, foreign: null, isReduced: true));
    }

    /// <summary>Removes the oldest images of the file in use; those that the run has stored last, and only where the limit cannot hold
    /// them. Returns a warning in that case.</summary>
    private string? RemoveOldest(string path, HashSet<ContentKey> own)
    {
        if (CacheFolder.FeaturesFormat(path) is not { } format)
        {
            return null;
        }

        long perImage = format.RecordSize + BottleneckStore.ThumbnailsFormat.RecordSize + BottleneckStore.StampsFormat.RecordSize;
        int images = 0, ownRemoved = 0;
        RecordCompaction done = new RecordCompactor(path, format).Run(keys =>
        {
            images = keys.Count;
            int excess = (int)Math.Min(keys.Count, (folder.Bytes - Target + perImage - 1) / perImage);
            ContentKey[] removed = [.. keys.Where(k => !own.Contains(k)).Take(excess)];
            if (own.Count * perImage > limit)
            {
                ContentKey[] oldest = [.. keys.Where(own.Contains).Take(excess - removed.Length)];
                ownRemoved = oldest.Length;
                removed = [.. removed, .. oldest];
            }

            return keys.Except(removed).ToHashSet();
        });
        if (done.Dropped > 0)
        {
            _removed.Add($"the oldest {done.Dropped} of {images} images of '{format.Name}'");
        }

        return ownRemoved == 0
            ? null
            : $"this run has stored {Size(own.Count * perImage)} in the cache, more than its limit of {Size(limit)}: {ownRemoved} of its "
            + $"images will be computed again; raise {nameof(BottleneckCacheOptions)}.{nameof(BottleneckCacheOptions.MaxBytes)}";
    }
}
