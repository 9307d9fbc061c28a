using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// Appends records to a file that several processes may use: each append is made under a lock, in one write, after the last complete
/// record, which cuts an incomplete one left by a crash. Readers never look beyond what was complete when they opened the file.
/// Thread-safe.
/// </summary>
internal sealed class RecordAppender(string path, RecordFormat format)
{
    public const string LockExtension = ".lock";

    /// <summary>Ten seconds: an append takes milliseconds, so a process that holds the lock for that long is stuck.</summary>
    private const int MaxAttempts = 1000;

    private string LockPath => path + LockExtension;

    /// <summary>Cuts what a crash left after the last complete record, unless another process is writing there.</summary>
    public void CutTornTail()
    {
        if (!File.Exists(path))
        {
            return;
        }

        long length = new FileInfo(path).Length;
        if (length == End(length))
        {
            return;
        }

        using IDisposable? held = FileLock.TryTake(LockPath, attempts: 1);
        if (held is null)
        {
            return;
        }

        using FileStream stream = OpenData(FileMode.Open);
        stream.SetLength(End(stream.Length));
    }

    /// <summary>Appends complete records.</summary>
    /// <param name="records">Any number of records, one after the other.</param>
    /// <exception cref="IOException">The disk is full or fails, or another process does not release the lock.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write.</exception>
    public void Append(ReadOnlySpan<byte> records)
    {
        using IDisposable held = Lock();
        using FileStream stream = OpenData(FileMode.OpenOrCreate);
        long end = End(stream.Length);
        try
        {
            stream.Position = end;
            if (end == 0)
            {
                stream.Write(format.Header());
            }

            stream.Write(records);
        }
        catch
        {
            // Best effort: what remains is cut at the next opening.
            stream.SetLength(end);
            throw;
        }
    }

    /// <summary>Replaces the file by one without records. A process that is reading the old one keeps it.</summary>
    public void Replace()
    {
        using IDisposable held = Lock();
        string fresh = path + ".new";
        File.WriteAllBytes(fresh, format.Header());
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>The offset at which the last complete record ends; 0 where the header is not complete.</summary>
    private long End(long length) => length < RecordFormat.HeaderSize ? 0 : format.RecordAt(format.RecordsIn(length));

    private IDisposable Lock()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return FileLock.TryTake(LockPath, MaxAttempts)
            ?? throw new IOException($"another process has held '{LockPath}' for 10 seconds");
    }

    // Unbuffered, so that a batch is written by one call.
    private FileStream OpenData(FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
