using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>
/// A file of records for one run: reads the records of earlier runs and of other processes, collects new ones and writes them in batches.
/// No problem with the file stops the run: a file that cannot be read counts as empty, one that cannot be written is not written again, and
/// the reason is kept as a warning. Thread-safe.
/// </summary>
internal sealed class RecordStore : IDisposable
{
    public const int BatchBytes = 1 << 18;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly RecordFormat _format;
    private readonly string _contents;
    private readonly RecordAppender _appender;
    private readonly RecordParts? _others;
    private readonly List<ContentKey> _pendingKeys = [];
    private readonly MemoryStream _pending = new();
    private readonly ConcurrentDictionary<ContentKey, bool> _added = new();
    private readonly HashSet<ContentKey> _damaged = [];
    private readonly List<string> _warnings = [];

    // Files that another one took the place of; other threads may still read them.
    private readonly List<RecordFile> _replaced = [];
    private volatile RecordFile? _file;
    private long _seenLength;
    private string? _writeFailure;

    /// <param name="path">The file.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="contents">The name of the records in warnings, in the plural.</param>
    /// <param name="others">Further files whose records count where the file itself has none; null for none. Disposed of with this.</param>
    /// <param name="access">Who writes the file.</param>
    public RecordStore(
        string path, RecordFormat format, string contents, RecordParts? others = null, RecordAccess access = RecordAccess.Shared)
    {
        (_path, _format, _contents, _appender) = (path, format, contents, new RecordAppender(path, format, access));
        _others = others;
        _warnings.AddRange(others?.Warnings ?? []);
        try
        {
            _seenLength = LengthOf(path);
            _file = RecordFile.Open(path, format, out bool foreign);
            if (foreign)
            {
                Replace();
            }
            else
            {
                Repair();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn($"the cache file '{path}' cannot be read, so nothing is taken from it or kept in it: {e.Message}");
        }
    }

    /// <summary>The number of different keys when the file was opened.</summary>
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

    /// <summary>Why records cannot be written; null where they can.</summary>
    public string? WriteFailure
    {
        get
        {
            lock (_gate)
            {
                return _writeFailure;
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

    /// <summary>The keys of the records that this run has added.</summary>
    public ICollection<ContentKey> Added => _added.Keys;

    /// <summary>The number of records that this run has added.</summary>
    public int AddedCount => _added.Count;

    /// <summary>
    /// Copies a payload; false where there is none, or its record is damaged. What this run itself has added is not found, so that the
    /// number of records found does not depend on when they were written.
    /// </summary>
    public bool TryRead(ContentKey key, Span<byte> payload)
    {
        RecordState state = _added.ContainsKey(key) ? RecordState.Missing : Find(key, payload);
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

    /// <summary>Looks for records that other processes have appended since. Without any, it costs one look at the length.</summary>
    /// <returns>The number of records found.</returns>
    public int Refresh()
    {
        if (_file is null || LengthOf(_path) == Interlocked.Read(ref _seenLength))
        {
            return 0;
        }

        lock (_gate)
        {
            try
            {
                return CatchUp();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The records that are known stay usable, and the next append says what is wrong.
                return 0;
            }
        }
    }

    /// <summary>Adds a record. It is written with the next batch, or by <see cref="Flush"/>.</summary>
    public void Add(ContentKey key, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (_writeFailure is not null || !_added.TryAdd(key, true))
            {
                return;
            }

            byte[] record = new byte[_format.RecordSize];
            payload.CopyTo(RecordFormat.Payload(record.AsSpan()));
            RecordFormat.Seal(record, key);
            _pending.Write(record);
            _pendingKeys.Add(key);
            if (_pending.Length >= BatchBytes)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes the records that are pending, but for those that other processes have appended meanwhile.</summary>
    public RecordFlush Flush()
    {
        lock (_gate)
        {
            if (_writeFailure is not null || _pendingKeys.Count == 0)
            {
                return default;
            }

            try
            {
                RecordFlush flush = Write();
                _pending.SetLength(0);
                _pendingKeys.Clear();
                return flush;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Warn($"the cache file '{_path}' cannot be written, so {_contents} of this run are not kept: {e.Message}");
                return default;
            }
        }
    }

    public void Dispose()
    {
        Flush();
        _file?.Dispose();
        _replaced.ForEach(static f => f.Dispose());
        _pending.Dispose();
        _others?.Dispose();
    }

    private RecordState Find(ContentKey key, Span<byte> payload)
    {
        RecordState state = _file?.TryRead(key, payload) ?? RecordState.Missing;
        RecordState other = state == RecordState.Intact || _others is null ? RecordState.Missing : _others.TryRead(key, payload);
        return other == RecordState.Missing ? state : other;
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : -1;
    }

    private RecordFlush Write()
    {
        using IDisposable? held = _appender.Lock();
        int found = CatchUp();
        if (_file!.Identity is null && LengthOf(_path) >= RecordFormat.HeaderSize)
        {
            _appender.Replace();
        }

        int kept = KeepMissing();
        if (kept > 0)
        {
            _appender.Append(_pending.GetBuffer().AsSpan(0, kept * _format.RecordSize));
            _file.Skip(kept);
            Interlocked.Exchange(ref _seenLength, _file.End);
            if (_file.Identity is null)
            {
                CatchUp();
            }
        }

        return new RecordFlush(found, _pendingKeys.Count - kept);
    }

    /// <summary>Moves the pending records that are not in the file to the front, and returns their number.</summary>
    private int KeepMissing()
    {
        int kept = 0;
        Span<byte> records = _pending.GetBuffer();
        for (int i = 0; i < _pendingKeys.Count; i++)
        {
            if (!_file!.IsIntact(_pendingKeys[i]) && _others?.IsIntact(_pendingKeys[i]) != true)
            {
                records.Slice(i * _format.RecordSize, _format.RecordSize).CopyTo(records[(kept++ * _format.RecordSize)..]);
            }
        }

        return kept;
    }

    /// <summary>
    /// Reads the records that were appended since, or the whole file where another one has taken its place. Where there is no file any
    /// more, or its header is damaged, no record is known afterwards. Returns the number of records that other processes have added.
    /// </summary>
    private int CatchUp()
    {
        RecordFile known = _file!;
        long length = LengthOf(_path);
        Interlocked.Exchange(ref _seenLength, length);
        if (length < 0)
        {
            return Take(RecordFile.Open(_path, _format, out _));
        }

        using SafeFileHandle current = RecordBytes.Open(_path);
        length = RandomAccess.GetLength(current);
        Interlocked.Exchange(ref _seenLength, length);
        return known.Identity is { } identity && identity == _format.IdentityOf(current) && length >= known.End
            ? known.ReadTail(length)
            : Take(RecordFile.Open(_path, _format, out _));
    }

    private int Take(RecordFile next)
    {
        RecordFile known = _file!;
        _replaced.Add(known);
        _file = next;
        return next.Keys.Count(k => !_added.ContainsKey(k) && !known.Contains(k));
    }

    private void Replace()
    {
        try
        {
            _appender.ReplaceForeign();
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

    private void Repair()
    {
        try
        {
            _appender.Repair();
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
            _writeFailure = warning;
            _warnings.Add(warning);
        }
    }
}
