namespace TransferLearning.Files;

/// <summary>
/// A file that several processes change, one at a time: whoever holds its lock. A new file is written beside it and moved over it, so that
/// a crash leaves one of them whole. Thread-safe.
/// </summary>
internal sealed class SharedFile(string path)
{
    public const string LockExtension = ".lock";

    /// <summary>The extension of a file that is about to take the place of another. Its writer holds the lock.</summary>
    public const string NewExtension = ".new";

    // Ten seconds: an append takes milliseconds. A process that holds the lock for that long without writing is stuck.
    private const int MaxAttempts = 1000;

    private string LockPath => path + LockExtension;

    private string NewPath => path + NewExtension;

    /// <summary>Whether a new file is there that is not yet, or after a crash never, moved into place.</summary>
    public bool HasNew => File.Exists(NewPath);

    /// <summary>Takes the lock; null where another process holds it.</summary>
    public IDisposable? TryLock() => FileLock.TryTake(LockPath, attempts: 1);

    /// <summary>Takes the lock, and makes the folder of the file where it is missing.</summary>
    /// <exception cref="IOException">Another process holds the lock without making progress.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (long written = -1; ;)
        {
            if (FileLock.TryTake(LockPath, MaxAttempts) is { } held)
            {
                return held;
            }

            // A process that rewrites a large file holds the lock for as long as that takes.
            var fresh = new FileInfo(NewPath);
            long length = fresh.Exists ? fresh.Length : -1;
            if (length <= written)
            {
                throw new IOException($"another process has held '{LockPath}' for 10 seconds");
            }

            written = length;
        }
    }

    /// <summary>Replaces the file by what is written to a stream. The caller holds the lock. A failure leaves the old file.</summary>
    public void Replace(Action<Stream> write)
    {
        WriteNew(write);
        MoveNew();
    }

    /// <summary>Writes the new file beside the old one. The caller holds the lock. A failure leaves no new file.</summary>
    public void WriteNew(Action<FileStream> write)
    {
        try
        {
            using var stream = new FileStream(NewPath, FileMode.Create, FileAccess.Write, FileShare.Read);
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            RemoveNew();
            throw;
        }
    }

    /// <summary>Moves the new file over the old one. The caller holds the lock. A failure leaves the old file only.</summary>
    public void MoveNew()
    {
        try
        {
            File.Move(NewPath, path, overwrite: true);
        }
        catch
        {
            RemoveNew();
            throw;
        }
    }

    /// <summary>Removes a new file that a crash left. The caller holds the lock.</summary>
    public void RemoveNew() => File.Delete(NewPath);

    /// <summary>Deletes the file, and what belongs to it. Returns the number of bytes freed.</summary>
    public long Delete()
    {
        using IDisposable held = Lock();
        var file = new FileInfo(path);
        long freed = file.Exists ? file.Length : 0;
        File.Delete(path);
        RemoveNew();
        File.Delete(LockPath);
        return freed;
    }
}
