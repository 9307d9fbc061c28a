using System.Collections.Concurrent;
using System.IO.Compression;

namespace TransferLearning.Data.Sources;

/// <summary>A pool of readers of one .zip file. A reader is not thread-safe: each is used by one thread at a time. Thread-safe.</summary>
internal sealed class ZipReaders(string path)
{
    private readonly ConcurrentBag<ZipArchive> _idle = [];

    public string FullPath { get; } = Path.GetFullPath(path);

    public long ModifiedTicks { get; } = File.GetLastWriteTimeUtc(path).Ticks;

    public T Use<T>(Func<ZipArchive, T> read)
    {
        ZipArchive archive = _idle.TryTake(out ZipArchive? idle) ? idle : ZipFile.OpenRead(FullPath);
        try
        {
            T result = read(archive);
            _idle.Add(archive);
            return result;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }
}
