using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Records;

namespace TransferLearning.Bottlenecks;

public sealed partial class BottleneckCache
{
    private CacheFolder Folder => new(Directory);

    /// <summary>Lists the files of the cache, without checking every record.</summary>
    /// <returns>
    /// One entry per backbone, preprocessing and precision, in ordinal order of the file names. Files with a damaged header are left out.
    /// </returns>
    /// <remarks>Reads the keys of all records, 32 bytes each, to count the images.</remarks>
    /// <exception cref="TransferLearningException">The folder or a file cannot be read, or the folder is a file.</exception>
    public IReadOnlyList<BottleneckCacheFile> Describe() => Using(() => Describe(CacheInspection.Count));

    /// <summary>Lists the files that all backbones share, thumbnails and the index of image files, without checking every record.</summary>
    /// <returns>At most two entries.</returns>
    /// <inheritdoc cref="Describe()"/>
    public IReadOnlyList<BottleneckCacheSharedFile> DescribeShared() => Using(() => DescribeShared(CacheInspection.Count));

    /// <summary>
    /// Lists the files of the cache, and verifies the checksum of every record. A file with damaged records is then rewritten without them,
    /// so that they are reported once; where that is not possible, as in a folder without write permission, they stay and are reported
    /// again. Blocks.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>
    /// The same as <see cref="Describe()"/>, with <see cref="BottleneckCacheFile.Damaged"/> filled in: the files as they were found.
    /// </returns>
    /// <remarks>Reads every byte of the files.</remarks>
    /// <exception cref="TransferLearningException">The folder or a file cannot be read, or the folder is a file.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public IReadOnlyList<BottleneckCacheFile> Verify(CancellationToken cancellationToken = default) =>
        Using(() => Describe(new CacheInspection(cancellationToken).CheckAndMend));

    /// <summary>
    /// Lists the files that all backbones share, and verifies and mends them as <see cref="Verify"/> does the others. Blocks.
    /// </summary>
    /// <returns>At most two entries, with <see cref="BottleneckCacheSharedFile.Damaged"/> filled in.</returns>
    /// <inheritdoc cref="Verify"/>
    public IReadOnlyList<BottleneckCacheSharedFile> VerifyShared(CancellationToken cancellationToken = default) =>
        Using(() => DescribeShared(new CacheInspection(cancellationToken).CheckAndMend));

    /// <summary>
    /// Rewrites the files of the cache without superseded and damaged records, and then reduces the folder to
    /// <see cref="BottleneckCacheOptions.MaxBytes"/>, if that is set. Blocks.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; files that are not finished stay as they were.</param>
    /// <returns>What was removed.</returns>
    /// <remarks>
    /// Safe beside processes that use the cache: they continue with the new files. A new file is written beside the old one and moved over
    /// it, so that a crash leaves one of them whole, and a full disk leaves the old one. Takes the free space of the largest file.
    /// </remarks>
    /// <exception cref="TransferLearningException">
    /// The folder or a file cannot be read or written, the disk is full, or the folder is a file.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public BottleneckCacheCompaction Compact(CancellationToken cancellationToken = default) => Using(() =>
    {
        long before = Folder.Bytes;
        Folder.RemoveLeftovers(TimeProvider.System);
        int superseded = 0, damaged = 0;
        foreach ((string path, RecordFormat format) in Folder.RecordFiles())
        {
            RecordCompaction done = new RecordCompactor(path, format).Run(select: null, cancellationToken);
            (superseded, damaged) = (superseded + done.Superseded, damaged + done.Damaged);
        }

        return new BottleneckCacheCompaction
        {
            Superseded = superseded,
            Damaged = damaged,
            Evictions = Options.MaxBytes is { } limit ? new CacheEviction(Folder, limit).Run(pathInUse: null, own: []) : [],
            FreedBytes = before - Folder.Bytes,
        };
    });

    /// <summary>Deletes the files of the cache. Other files in the folder stay, and so does the folder.</summary>
    /// <returns>The number of bytes freed.</returns>
    /// <exception cref="TransferLearningException">A file cannot be deleted, or the folder is a file.</exception>
    public long Clear() => Using(Folder.Clear);

    private List<BottleneckCacheFile> Describe(Func<string, RecordFormat, RecordCount> count)
    {
        var files = new List<BottleneckCacheFile>();
        foreach (string path in Folder.Features)
        {
            if (CacheFolder.FeaturesFormat(path) is not { } format)
            {
                continue;
            }

            DateTime used = File.GetLastWriteTimeUtc(path);
            RecordCount records = count(path, format);
            files.Add(new BottleneckCacheFile
            {
                Path = path,
                Backbone = format.Name,
                Fingerprint = format.Fingerprint.ToString(),
                Precision = BottleneckStore.PrecisionOf(format)!.Value,
                FeatureSize = format.Elements,
                Images = records.Keys,
                Superseded = records.Superseded,
                Damaged = records.Damaged,
                Bytes = records.Bytes,
                WasteBytes = records.Waste(format),
                LastUsed = new DateTimeOffset(used),
            });
        }

        return files;
    }

    private List<BottleneckCacheSharedFile> DescribeShared(Func<string, RecordFormat, RecordCount> count)
    {
        var files = new List<BottleneckCacheSharedFile>();
        foreach ((string? path, string contents, RecordFormat format) in (ReadOnlySpan<(string?, string, RecordFormat)>)
            [
                (Folder.Thumbnails, "thumbnails", BottleneckStore.ThumbnailsFormat),
                (Folder.Stamps, "image files", BottleneckStore.StampsFormat),
            ])
        {
            if (path is null)
            {
                continue;
            }

            RecordCount records = count(path, format);
            files.Add(new BottleneckCacheSharedFile
            {
                Path = path,
                Contents = contents,
                Records = records.Keys,
                Superseded = records.Superseded,
                Damaged = records.Damaged,
                Bytes = records.Bytes,
                WasteBytes = records.Waste(format),
            });
        }

        return files;
    }

    private T Using<T>(Func<T> action)
    {
        if (File.Exists(Directory))
        {
            throw new TransferLearningException($"the bottleneck cache '{Directory}' is a file: give the path of a folder");
        }

        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the bottleneck cache '{Directory}' cannot be used: {e.Message}", e);
        }
    }
}
