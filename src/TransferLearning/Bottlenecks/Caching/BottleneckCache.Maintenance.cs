using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks;

public sealed partial class BottleneckCache
{
    /// <summary>Lists the files of the cache, without checking every record.</summary>
    /// <returns>
    /// One entry per backbone, preprocessing and precision, in ordinal order of the file names. Files with a damaged header are left out.
    /// </returns>
    /// <remarks>Reads the keys of all records, 32 bytes each, to count the images.</remarks>
    /// <exception cref="TransferLearningException">The folder or a file cannot be read.</exception>
    public IReadOnlyList<BottleneckCacheFile> Describe() => Describe(check: false, CancellationToken.None);

    /// <summary>Lists the files of the cache, and verifies the checksum of every record. Blocks.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The same as <see cref="Describe()"/>, with <see cref="BottleneckCacheFile.Damaged"/> filled in.</returns>
    /// <remarks>Reads every byte of the files.</remarks>
    /// <exception cref="TransferLearningException">The folder or a file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public IReadOnlyList<BottleneckCacheFile> Verify(CancellationToken cancellationToken = default) =>
        Describe(check: true, cancellationToken);

    /// <summary>Deletes the files of the cache. Other files in the folder stay, and so does the folder.</summary>
    /// <returns>The number of bytes freed.</returns>
    /// <exception cref="TransferLearningException">A file cannot be deleted.</exception>
    public long Clear() => Using(() =>
    {
        long freed = 0;
        foreach (string path in Files("*" + BottleneckStore.Extension)
            .Concat(Files(BottleneckStore.StampsFileName))
            .Concat(Files(BottleneckStore.ThumbnailsFileName))
            .Concat(Files("*" + MeasuredNormalization.Extension)))
        {
            freed += new FileInfo(path).Length;
            File.Delete(path);
        }

        foreach (string path in Files("*" + BottleneckStore.Extension + RecordAppender.LockExtension)
            .Concat(Files(BottleneckStore.StampsFileName + RecordAppender.LockExtension))
            .Concat(Files(BottleneckStore.ThumbnailsFileName + RecordAppender.LockExtension)))
        {
            File.Delete(path);
        }

        return freed;
    });

    private List<BottleneckCacheFile> Describe(bool check, CancellationToken cancellationToken) =>
        Using(() => Files("*" + BottleneckStore.Extension)
            .Select(path => Describe(path, check, cancellationToken))
            .OfType<BottleneckCacheFile>()
            .ToList());

    private static BottleneckCacheFile? Describe(string path, bool check, CancellationToken cancellationToken)
    {
        if (RecordFormat.TryRead(path) is not { Magic: BottleneckStore.FeaturesMagic } format
            || BottleneckStore.PrecisionOf(format) is not { } precision)
        {
            return null;
        }

        using var file = RecordFile.Open(path, format, out _);
        int damaged = 0;
        foreach (ContentKey key in check ? file.Keys : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!file.IsIntact(key))
            {
                damaged++;
            }
        }

        return new BottleneckCacheFile
        {
            Path = path,
            Backbone = format.Name,
            Fingerprint = format.Fingerprint.ToString(),
            Precision = precision,
            FeatureSize = format.Elements,
            Images = file.Count,
            Damaged = check ? damaged : null,
            Bytes = new FileInfo(path).Length,
        };
    }

    private IEnumerable<string> Files(string pattern) => System.IO.Directory.Exists(Directory)
        ? System.IO.Directory.GetFiles(Directory, pattern).Order(StringComparer.Ordinal)
        : [];

    private T Using<T>(Func<T> action)
    {
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
