using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks;

public sealed partial class BottleneckCache
{
    /// <summary>Lists the files of the cache, without looking at every record.</summary>
    /// <returns>A file for each backbone, in ordinal order of their names; files that are damaged at their start are left out.</returns>
    /// <exception cref="TransferLearningException">The folder or a file cannot be read.</exception>
    public IReadOnlyList<BottleneckCacheFile> Describe() => Describe(check: false, CancellationToken.None);

    /// <summary>Lists the files of the cache, and checks the checksum of every record.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The same as <see cref="Describe()"/>, with <see cref="BottleneckCacheFile.Damaged"/> filled in.</returns>
    /// <exception cref="TransferLearningException">The folder or a file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public IReadOnlyList<BottleneckCacheFile> Verify(CancellationToken cancellationToken = default) =>
        Describe(check: true, cancellationToken);

    /// <summary>Removes the files of the cache. Other files of the folder stay, and so does the folder.</summary>
    /// <returns>How many bytes that freed.</returns>
    /// <exception cref="TransferLearningException">A file cannot be removed.</exception>
    public long Clear() => Using(() =>
    {
        long freed = 0;
        foreach (string path in Files("*" + BottleneckStore.Extension).Concat(Files(BottleneckStore.StampsFileName)))
        {
            freed += new FileInfo(path).Length;
            File.Delete(path);
        }

        foreach (string path in Files("*" + BottleneckStore.Extension + RecordAppender.LockExtension)
            .Concat(Files(BottleneckStore.StampsFileName + RecordAppender.LockExtension)))
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
        if (RecordFormat.TryRead(path) is not { } format || format.Magic != BottleneckStore.FeaturesMagic)
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
            Precision = format.ElementType == BottleneckStore.Float16Type ? BottleneckPrecision.Half : BottleneckPrecision.Full,
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
