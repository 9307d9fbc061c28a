using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>
/// Changes a file of records that several processes may use. Each change is made under the file's lock: records are appended in one write,
/// after the last complete record, which cuts an incomplete one left by a crash. Readers never look beyond what
/// was complete when they looked last. Thread-safe.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="format">The format of its records.</param>
/// <param name="access">Who writes the file.</param>
internal sealed class RecordAppender(string path, RecordFormat format, RecordAccess access = RecordAccess.Shared)
{
    private readonly SharedFile _shared = new(path);

    /// <summary>
    /// Removes what a crash left: bytes after the last complete record, and a new file that was not moved into place. Does nothing while
    /// another process is writing.
    /// </summary>
    public void Repair()
    {
        if (!HasTornTail() && !_shared.HasNew)
        {
            return;
        }

        using IDisposable? held = _shared.TryLock();
        if (held is null)
        {
            return;
        }

        _shared.RemoveNew();
        if (HasTornTail())
        {
            using FileStream stream = OpenData(FileMode.Open);
            stream.SetLength(End(stream.Length));
        }
    }

    /// <inheritdoc cref="SharedFile.Lock"/>
    public IDisposable? Lock() => access switch
    {
        RecordAccess.Shared => _shared.Lock(),
        RecordAccess.Own => null,
        _ => throw new NotSupportedException($"the access {access} is not supported"),
    };

    /// <summary>Appends complete records. The caller holds the lock.</summary>
    /// <param name="records">Any number of records, one after the other.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write.</exception>
    public void Append(ReadOnlySpan<byte> records)
    {
        using FileStream stream = OpenData(FileMode.OpenOrCreate);
        long end = End(stream.Length);
        try
        {
            stream.Position = end;
            if (end == 0)
            {
                stream.Write(format.NewHeader());
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

    /// <summary>Replaces the file by one without records. The caller holds the lock. A process that reads the old one keeps it.</summary>
    public void Replace() => _shared.Replace(stream => stream.Write(format.NewHeader()));

    /// <summary>Replaces a file of another format, unless another process has done so.</summary>
    public void ReplaceForeign()
    {
        using IDisposable? held = Lock();
        RecordFile.Open(path, format, out bool foreign).Dispose();
        if (foreign)
        {
            Replace();
        }
    }

    private bool HasTornTail()
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length != End(file.Length);
    }

    /// <summary>The offset at which the last complete record ends; 0 where the header is not complete.</summary>
    private long End(long length) => length < RecordFormat.HeaderSize ? 0 : format.RecordAt(format.RecordsIn(length));

    // Unbuffered, so that a batch is written by one call.
    private FileStream OpenData(FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
