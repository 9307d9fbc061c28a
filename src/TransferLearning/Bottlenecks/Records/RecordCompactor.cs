using TransferLearning.Data.Images;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>
/// Rewrites a file of records without those that are not used: superseded and damaged ones, and those that the caller drops. The new file
/// is moved over the old one under the lock of the file, so that a crash at any moment leaves one of them whole, and processes that use
/// the old one continue with the new one when they look for records next.
/// </summary>
internal sealed class RecordCompactor(string path, RecordFormat format)
{
    /// <summary>Rewrites the file, unless there is nothing to drop.</summary>
    /// <param name="select">
    /// Receives the keys of the records that are used, oldest first, and returns those to keep; null to keep all.
    /// </param>
    /// <param name="cancellationToken">Cancels the work; the old file stays.</param>
    /// <exception cref="IOException">The disk is full or fails, or another process does not release the lock.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public RecordCompaction Run(
        Func<IReadOnlyList<ContentKey>, IReadOnlySet<ContentKey>>? select = null, CancellationToken cancellationToken = default)
    {
        var shared = new SharedFile(path);
        using IDisposable held = shared.Lock();
        if (!File.Exists(path))
        {
            return default;
        }

        long before = new FileInfo(path).Length;
        using var file = RecordFile.Open(path, format, out bool foreign);
        if (foreign)
        {
            return default;
        }

        ContentKey[] intact = [.. file.Keys.Where(k => IsIntact(file, k, cancellationToken)).OrderBy(file.IndexOf)];
        IReadOnlySet<ContentKey>? selected = select?.Invoke(intact);
        ContentKey[] kept = selected is null ? intact : [.. intact.Where(selected.Contains)];
        if (kept.Length < file.MappedRecords)
        {
            // The time of the last change is that of the last use, which this is not.
            DateTime used = File.GetLastWriteTimeUtc(path);
            shared.Replace(stream => Copy(file, kept, stream, cancellationToken));
            File.SetLastWriteTimeUtc(path, used);
        }

        return new RecordCompaction(
            Superseded: file.MappedRecords - file.Count,
            Damaged: file.Count - intact.Length,
            Dropped: intact.Length - kept.Length,
            FreedBytes: before - new FileInfo(path).Length);
    }

    private static bool IsIntact(RecordFile file, ContentKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return file.IsIntact(key);
    }

    private void Copy(RecordFile file, ContentKey[] keys, Stream stream, CancellationToken cancellationToken)
    {
        stream.Write(format.NewHeader());
        byte[] record = new byte[format.RecordSize];
        foreach (ContentKey key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.TryRead(key, RecordFormat.Payload(record.AsSpan())) == RecordState.Intact)
            {
                RecordFormat.Seal(record, key);
                stream.Write(record);
            }
        }
    }
}
