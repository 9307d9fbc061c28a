using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// A file of records for one run: reads the records that were there, collects new ones and writes them in batches. No problem with the file
/// stops the run: a file that cannot be read counts as empty, one that cannot be written is not written again, and the reason is kept as a
/// warning. Thread-safe.
/// </summary>
internal sealed class RecordStore : IDisposable
{
    private const int BatchBytes = 1 << 18;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly RecordFormat _format;
    private readonly string _contents;
    private readonly RecordAppender _appender;
    private readonly RecordFile? _file;
    private readonly MemoryStream _pending = new();
    private readonly HashSet<ContentKey> _added = [];
    private readonly HashSet<ContentKey> _damaged = [];
    private readonly List<string> _warnings = [];
    private bool _isWritable = true;

    /// <param name="path">The file.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="contents">The name of the records in warnings, in the plural.</param>
    public RecordStore(string path, RecordFormat format, string contents)
    {
        (_path, _format, _contents, _appender) = (path, format, contents, new RecordAppender(path, format));
        try
        {
            _file = RecordFile.Open(path, format, out bool foreign);
            if (foreign)
            {
                Replace();
            }
            else
            {
                CutTornTail();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn($"the cache file '{path}' cannot be read, so nothing is taken from it or kept in it: {e.Message}");
        }
    }

    public int Count => _file?.Count ?? 0;

    /// <summary>The number of records met so far whose checksum is wrong.</summary>
    public int Damaged
    {
        get
        {
            lock (_gate)
            {
                return _damaged.Count;
            }
        }
    }

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_gate)
            {
                return [.. _warnings];
            }
        }
    }

    /// <summary>Copies a payload; false where there is none, or its record is damaged.</summary>
    public bool TryRead(ContentKey key, Span<byte> payload)
    {
        RecordState state = _file?.TryRead(key, payload) ?? RecordState.Missing;
        if (state != RecordState.Damaged)
        {
            return state == RecordState.Intact;
        }

        lock (_gate)
        {
            _damaged.Add(key);
            return false;
        }
    }

    /// <summary>Adds a record. It is written with the next batch, or by <see cref="Flush"/>.</summary>
    public void Add(ContentKey key, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (!_isWritable || !_added.Add(key))
            {
                return;
            }

            byte[] record = new byte[_format.RecordSize];
            payload.CopyTo(RecordFormat.Payload(record.AsSpan()));
            RecordFormat.Seal(record, key);
            _pending.Write(record);
            if (_pending.Length >= BatchBytes)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes the records that are pending.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (!_isWritable || _pending.Length == 0)
            {
                return;
            }

            try
            {
                _appender.Append(_pending.GetBuffer().AsSpan(0, (int)_pending.Length));
                _pending.SetLength(0);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Warn($"the cache file '{_path}' cannot be written, so {_contents} of this run are not kept: {e.Message}");
            }
        }
    }

    public void Dispose()
    {
        Flush();
        _file?.Dispose();
        _pending.Dispose();
    }

    private void Replace()
    {
        try
        {
            _appender.Replace();
            lock (_gate)
            {
                _warnings.Add($"the cache file '{_path}' was damaged or not what its name says, and was replaced by a new one");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn($"the cache file '{_path}' is damaged or not what its name says, and cannot be replaced: {e.Message}");
        }
    }

    private void CutTornTail()
    {
        try
        {
            _appender.CutTornTail();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is read-only: its complete records can be used all the same, and the first attempt to write warns.
        }
    }

    private void Warn(string warning)
    {
        lock (_gate)
        {
            _isWritable = false;
            _warnings.Add(warning);
        }
    }
}
