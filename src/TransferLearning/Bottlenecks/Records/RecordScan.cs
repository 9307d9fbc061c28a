using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>Reads a file of records from its beginning to its end and verifies each checksum.</summary>
internal static class RecordScan
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Receives an intact record. The span is valid during the call only.</summary>
    public delegate void Visitor(ReadOnlySpan<byte> record);

    /// <summary>Reads all complete records.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="visit">Receives the intact records in their order; null to count only.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The number of complete records, and of those among them whose checksum is wrong.</returns>
    /// <exception cref="IOException">The file cannot be read, has a damaged header, or that of another format.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static (int Records, int Damaged) Run(
        string path, RecordFormat format, Visitor? visit, CancellationToken cancellationToken)
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

            for (; bytes.Length > 0; bytes = bytes[format.RecordSize..])
            {
                ReadOnlySpan<byte> record = bytes[..format.RecordSize];
                if (RecordFormat.IsRecordIntact(record))
                {
                    visit?.Invoke(record);
                }
                else
                {
                    damaged++;
                }
            }
        }

        return (records, damaged);
    }
}
