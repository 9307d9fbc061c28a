using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>
/// Reads the records of a file by key: those that it held when it was opened through a mapping, and those that were appended since, as far
/// as <see cref="ReadTail"/> was called. Of records with the same key, the last one counts, so that appending replaces a damaged one. Stays
/// with the file that was opened, even where another one takes its place. Records may be looked up by any thread, until disposed of.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private const int ChunkBytes = 1 << 18;

    private readonly RecordFormat _format;
    private readonly SafeFileHandle? _handle;
    private readonly MappedFile? _mapped;
    private readonly Dictionary<ContentKey, int> _records = [];
    private readonly ConcurrentDictionary<ContentKey, int> _tail = new();
    private int _known;

    private RecordFile(RecordFormat format) => _format = format;

    private RecordFile(RecordFormat format, SafeFileHandle handle, uint identity, long length)
    {
        (_format, _handle, Identity) = (format, handle, identity);
        _mapped = new MappedFile(handle, length);
        _known = MappedRecords;
        _records.EnsureCapacity(_known);
        for (int i = 0; i < _known; i++)
        {
            _records[RecordFormat.KeyOf(_mapped.Bytes(format.RecordAt(i), ContentKey.Size))] = i;
        }
    }

    /// <summary>The identity in the header; null where there is no file, or one of another format.</summary>
    public uint? Identity { get; }

    /// <summary>The number of different keys when the file was opened.</summary>
    public int Count => _records.Count;

    /// <summary>The number of records when the file was opened, with superseded ones.</summary>
    public int MappedRecords => _mapped is null ? 0 : _format.RecordsIn(_mapped.Length);

    /// <summary>The different keys when the file was opened.</summary>
    public IEnumerable<ContentKey> Keys => _records.Keys;

    /// <summary>The offset at which the last known record ends.</summary>
    public long End => _format.RecordAt(_known);

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
            return new RecordFile(format);
        }

        SafeFileHandle handle = RecordBytes.Open(path);
        try
        {
            long length = RandomAccess.GetLength(handle);
            if (length > 0 && format.IdentityOf(handle) is { } identity)
            {
                return new RecordFile(format, handle, identity, length);
            }

            foreign = length > 0;
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        handle.Dispose();
        return new RecordFile(format);
    }

    /// <summary>Adds the records that were appended since. Not for several threads at a time.</summary>
    /// <param name="length">The length of the file.</param>
    /// <returns>The number of records found.</returns>
    public int ReadTail(long length)
    {
        int found = Math.Max(0, _format.RecordsIn(length) - _known);
        if (found == 0)
        {
            return 0;
        }

        int perChunk = Math.Clamp(ChunkBytes / _format.RecordSize, 1, found);
        byte[] chunk = new byte[perChunk * _format.RecordSize];
        for (int left = found; left > 0;)
        {
            int count = Math.Min(left, perChunk);
            Span<byte> bytes = chunk.AsSpan(0, count * _format.RecordSize);
            if (!RecordBytes.TryRead(_handle!, End, bytes))
            {
                return found - left;
            }

            for (int i = 0; i < count; i++)
            {
                _tail[RecordFormat.KeyOf(bytes.Slice(i * _format.RecordSize, _format.RecordSize))] = _known + i;
            }

            (left, _known) = (left - count, _known + count);
        }

        return found;
    }

    /// <summary>Counts records as known that this process appended itself. Not for several threads at a time.</summary>
    public void Skip(int records) => _known += records;

    /// <summary>The position of the record that counts for a key, from 0; later records are newer. The key must be there.</summary>
    public int IndexOf(ContentKey key) => Find(key)!.Value;

    public bool Contains(ContentKey key) => Find(key) is not null;

    /// <summary>Copies a payload.</summary>
    /// <param name="key">The key.</param>
    /// <param name="payload">As long as the format's payload; written only where the result is <see cref="RecordState.Intact"/>.</param>
    public RecordState TryRead(ContentKey key, Span<byte> payload)
    {
        if (Find(key) is not { } index)
        {
            return RecordState.Missing;
        }

        ReadOnlySpan<byte> record = Record(index);
        if (!IsIntact(record, key))
        {
            return RecordState.Damaged;
        }

        RecordFormat.Payload(record).CopyTo(payload);
        return RecordState.Intact;
    }

    public bool IsIntact(ContentKey key) => Find(key) is { } index && IsIntact(Record(index), key);

    public void Dispose()
    {
        _mapped?.Dispose();
        _handle?.Dispose();
    }

    private static bool IsIntact(ReadOnlySpan<byte> record, ContentKey key) =>
        record.Length > 0 && RecordFormat.KeyOf(record) == key && RecordFormat.IsRecordIntact(record);

    private int? Find(ContentKey key) =>
        _tail.TryGetValue(key, out int index) || _records.TryGetValue(key, out index) ? index : null;

    /// <summary>The bytes of a record; none where the file was cut before it.</summary>
    private ReadOnlySpan<byte> Record(int index)
    {
        long offset = _format.RecordAt(index);
        if (offset + _format.RecordSize <= _mapped!.Length)
        {
            return _mapped.Bytes(offset, _format.RecordSize);
        }

        byte[] record = new byte[_format.RecordSize];
        return RecordBytes.TryRead(_handle!, offset, record) ? record : default;
    }
}
