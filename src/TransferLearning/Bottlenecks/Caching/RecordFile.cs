using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// Reads the records that a file held when it was opened, by key. Of records with the same key, the last one counts, so that appending
/// replaces a damaged one. Thread-safe until disposed of.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private readonly RecordFormat _format;
    private readonly MappedFile? _file;
    private readonly Dictionary<ContentKey, int> _records;

    private RecordFile(RecordFormat format, MappedFile? file)
    {
        (_format, _file) = (format, file);
        int count = file is null ? 0 : format.RecordsIn(file.Length);
        _records = new Dictionary<ContentKey, int>(count);
        for (int i = 0; i < count; i++)
        {
            _records[ContentKey.Read(file!.Bytes(format.RecordAt(i), ContentKey.Size))] = i;
        }
    }

    /// <summary>The number of different keys.</summary>
    public int Count => _records.Count;

    public IEnumerable<ContentKey> Keys => _records.Keys;

    /// <summary>Opens a file. One that does not exist, or holds records of another format, appears to have none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of the records.</param>
    /// <param name="foreign">True where the file is of another format: replace it.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static RecordFile Open(string path, RecordFormat format, out bool foreign)
    {
        foreign = false;
        if (!File.Exists(path))
        {
            return new RecordFile(format, null);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        long length = stream.Length;
        if (length == 0)
        {
            return new RecordFile(format, null);
        }

        byte[] header = new byte[RecordFormat.HeaderSize];
        foreign = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !format.Matches(header);
        return new RecordFile(format, foreign ? null : new MappedFile(stream, length));
    }

    /// <summary>Copies a payload.</summary>
    /// <param name="key">The key.</param>
    /// <param name="payload">As long as the format's payload; written only where the result is <see cref="RecordState.Intact"/>.</param>
    public RecordState TryRead(ContentKey key, Span<byte> payload)
    {
        if (!_records.TryGetValue(key, out int index))
        {
            return RecordState.Missing;
        }

        ReadOnlySpan<byte> record = Record(index);
        if (!RecordFormat.IsRecordIntact(record))
        {
            return RecordState.Damaged;
        }

        RecordFormat.Payload(record).CopyTo(payload);
        return RecordState.Intact;
    }

    public bool IsIntact(ContentKey key) => _records.TryGetValue(key, out int index) && RecordFormat.IsRecordIntact(Record(index));

    public void Dispose() => _file?.Dispose();

    private ReadOnlySpan<byte> Record(int index) => _file!.Bytes(_format.RecordAt(index), _format.RecordSize);
}
