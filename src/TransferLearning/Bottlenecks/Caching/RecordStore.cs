using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// A file of records for one run: reads what was there, collects what is new and writes it in batches. Whatever happens to the file, the
/// run goes on: a file that cannot be read counts as empty, one that cannot be written is left alone from then on, and the reason is
/// kept. Thread-safe.
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
    /// <param name="format">What its records are.</param>
    /// <param name="contents">What warnings call the records, in plural.</param>
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

    /// <summary>How many records met so far have a wrong checksum.</summary>
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

    /// <summary>Keeps a payload. It reaches the file with the next batch, or with <see cref="Flush"/>.</summary>
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
                _warnings.Add($"the cache file '{_path}' was damaged or not what its name says, and was begun anew");
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
            // A folder for reading only: its complete records serve all the same, and the first attempt to write says what is wrong.
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
