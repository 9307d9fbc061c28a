using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Images;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>Reads a file of records from its beginning to its end and verifies each checksum.</summary>
internal static class RecordScan
{
    // Stays in the second-level cache between reading, verifying and writing.
    private const int ChunkBytes = 1 << 17;

    // Linux keeps up to 2 MB of a file in one piece, which it gives back only as a whole.
    private const int ReleasedBytes = ChunkBytes + (1 << 21);

    /// <summary>Reads all complete records.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The number of complete records, and of those among them whose checksum is wrong.</returns>
    /// <exception cref="IOException">The file cannot be read, has a damaged header, or that of another format.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static (int Records, int Damaged) Count(string path, RecordFormat format, CancellationToken cancellationToken) =>
        Copy(path, format, static _ => false, target: null, cancellationToken);

    /// <summary>Reads all complete records, and copies those that are intact and chosen.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="choose">Receives the keys of the intact records in their order; true to copy the record.</param>
    /// <param name="target">
    /// Receives the records; null for none. Where there is one, the system need not keep the content of the file in memory once it is
    /// read, as the file will be deleted or replaced: that memory serves the target.
    /// </param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <inheritdoc cref="Count"/>
    public static (int Records, int Damaged) Copy(
        string path, RecordFormat format, Func<ContentKey, bool> choose, SteadyWriter? target, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = RecordBytes.Open(path);
        int records = format.RecordsIn(RandomAccess.GetLength(file));
        if (records == 0)
        {
            return (0, 0);
        }

        if (format.IdentityOf(file) is null)
        {
            throw new IOException($"the header of '{path}' is damaged, or that of another file: delete the file");
        }

        int perChunk = Math.Max(1, ChunkBytes / format.RecordSize);
        byte[] chunk = new byte[perChunk * format.RecordSize];
        int damaged = 0;
        for (int first = 0; first < records; first += perChunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> bytes = chunk.AsSpan(0, Math.Min(perChunk, records - first) * format.RecordSize);
            if (!RecordBytes.TryRead(file, format.RecordAt(first), bytes))
            {
                throw new EndOfStreamException($"'{path}' has become shorter while it was read");
            }

            if (target is not null)
            {
                Release(file, format.RecordAt(first) + bytes.Length);
            }

            damaged += Copy(bytes, format, choose, target);
        }

        return (records, damaged);
    }

    private static void Release(SafeFileHandle file, long end)
    {
        long start = Math.Max(0, end - ReleasedBytes);
        PageCache.Release(file, start, end - start);
    }

    /// <summary>Copies records in runs as long as possible. Returns the number of damaged ones.</summary>
    private static int Copy(ReadOnlySpan<byte> records, RecordFormat format, Func<ContentKey, bool> choose, SteadyWriter? target)
    {
        int damaged = 0, run = 0;
        for (int at = 0; at < records.Length; at += format.RecordSize)
        {
            ReadOnlySpan<byte> record = records.Slice(at, format.RecordSize);
            bool isIntact = RecordFormat.IsRecordIntact(record);
            damaged += isIntact ? 0 : 1;
            if (!isIntact || !choose(RecordFormat.KeyOf(record)))
            {
                target?.Write(records[run..at]);
                run = at + format.RecordSize;
            }
        }

        target?.Write(records[run..]);
        return damaged;
    }
}
