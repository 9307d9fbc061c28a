using TransferLearning.Bottlenecks.Records;
using TransferLearning.Bottlenecks.Sharding;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>The files in the folder of a <see cref="BottleneckCache"/>. The folder may be missing.</summary>
internal sealed class CacheFolder(string directory)
{
    public const string FeaturesExtension = PartFiles.FeaturesExtension;
    public const string StampsFileName = "files.index";
    public const string ThumbnailsFileName = "images.thumbnails";

    // Writing one takes milliseconds.
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    /// <summary>The folder.</summary>
    public string Path => directory;

    /// <summary>The files of features, in ordinal order.</summary>
    public IReadOnlyList<string> Features => Files("*" + FeaturesExtension);

    /// <summary>The index of image files; null where there is none.</summary>
    public string? Stamps => Files(StampsFileName).FirstOrDefault();

    /// <summary>The thumbnails; null where there are none.</summary>
    public string? Thumbnails => Files(ThumbnailsFileName).FirstOrDefault();

    /// <summary>All files that the cache has made, but for those that only exist while another one is written.</summary>
    public IReadOnlyList<string> All =>
    [
        .. Features,
        .. Files(StampsFileName),
        .. Files(ThumbnailsFileName),
        .. Files("*" + MeasuredNormalization.Extension),
    ];

    /// <summary>The bytes that these files take.</summary>
    public long Bytes => All.Sum(LengthOf);

    /// <summary>The format of a file of features; null where its header is damaged, or of a kind that this version does not know.</summary>
    public static RecordFormat? FeaturesFormat(string path) =>
        RecordFormat.TryRead(path) is { Magic: BottleneckStore.FeaturesMagic } format && BottleneckStore.PrecisionOf(format) is not null
            ? format
            : null;

    /// <summary>The files of records, with their formats; those of features with a damaged header are left out.</summary>
    public IReadOnlyList<(string Path, RecordFormat Format)> RecordFiles()
    {
        var files = new List<(string, RecordFormat)>();
        foreach (string path in Features)
        {
            if (FeaturesFormat(path) is { } format)
            {
                files.Add((path, format));
            }
        }

        if (Thumbnails is { } thumbnails)
        {
            files.Add((thumbnails, BottleneckStore.ThumbnailsFormat));
        }

        if (Stamps is { } stamps)
        {
            files.Add((stamps, BottleneckStore.StampsFormat));
        }

        return files;
    }

    /// <summary>
    /// Removes what killed processes have left: files that were about to take the place of others, where nobody holds the lock, and the
    /// temporary files of normalizations after an hour.
    /// </summary>
    public void RemoveLeftovers(TimeProvider time)
    {
        try
        {
            foreach (string path in Files("*" + SharedFile.NewExtension).Where(p => IsOurs(p[..^SharedFile.NewExtension.Length])))
            {
                var file = new SharedFile(path[..^SharedFile.NewExtension.Length]);
                using IDisposable? held = file.TryLock();
                if (held is not null)
                {
                    file.RemoveNew();
                }
            }

            foreach (string path in Files($"*{MeasuredNormalization.Extension}.*{MeasuredNormalization.TemporaryExtension}"))
            {
                if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) > LeftoverAge)
                {
                    File.Delete(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is read-only: they stay, and do no harm.
        }
    }

    /// <summary>Deletes all files that the cache has made, with the parts of shards. Returns the number of bytes freed.</summary>
    public long Clear()
    {
        long freed = All.Sum(path => new SharedFile(path).Delete());
        foreach (string path in (string[])
            [
                .. Files("*" + SharedFile.LockExtension).Where(p => IsOurs(p[..^SharedFile.LockExtension.Length])),
                .. Files("*" + SharedFile.NewExtension).Where(p => IsOurs(p[..^SharedFile.NewExtension.Length])),
                .. Files($"*{MeasuredNormalization.Extension}.*{MeasuredNormalization.TemporaryExtension}"),
            ])
        {
            freed += LengthOf(path);
            File.Delete(path);
        }

        return freed + DivisionFolder.AllIn(directory).Sum(f => f.Delete());
    }

    private static bool IsOurs(string path) =>
        path.EndsWith(FeaturesExtension, StringComparison.Ordinal)
        || path.EndsWith(MeasuredNormalization.Extension, StringComparison.Ordinal)
        || System.IO.Path.GetFileName(path) is StampsFileName or ThumbnailsFileName;

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private string[] Files(string pattern) =>
        Directory.Exists(directory) ? [.. Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal)] : [];
}
