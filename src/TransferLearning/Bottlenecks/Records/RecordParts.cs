using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>
/// Files of records that a run reads but does not write, such as the parts of shards: the records that they held when they were opened, by
/// key. Of records with the same key, an intact one counts. Records may be looked up by any thread, until disposed of.
/// </summary>
internal sealed class RecordParts : IDisposable
{
    private readonly RecordFormat _format;
    private readonly List<MappedFile> _files = [];
    private readonly Dictionary<ContentKey, Place> _places = [];
    private readonly List<string> _warnings = [];

    private RecordParts(RecordFormat format) => _format = format;

    /// <summary>What is wrong with the files.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>
    /// Opens files. One that is not there any more, is not of the format, or has no record is left out; one that is damaged or cannot be
    /// read is left out with a warning.
    /// </summary>
    /// <param name="paths">The files.</param>
    /// <param name="format">The format of the records.</param>
    public static RecordParts Open(IEnumerable<string> paths, RecordFormat format)
    {
        var parts = new RecordParts(format);
        foreach (string path in paths)
        {
            try
            {
                parts.Add(path);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Merged meanwhile, or never written.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                parts._warnings.Add($"nothing is taken from '{path}', which cannot be read: {e.Message}");
            }
        }

        return parts;
    }

    /// <inheritdoc cref="RecordFile.TryRead"/>
    public RecordState TryRead(ContentKey key, Span<byte> payload)
    {
        if (!_places.TryGetValue(key, out Place place))
        {
            return RecordState.Missing;
        }

        ReadOnlySpan<byte> record = Record(place);
        if (!RecordFormat.IsRecordIntact(record))
        {
            return RecordState.Damaged;
        }

        RecordFormat.Payload(record).CopyTo(payload);
        return RecordState.Intact;
    }

    public bool IsIntact(ContentKey key) => _places.TryGetValue(key, out Place place) && RecordFormat.IsRecordIntact(Record(place));

    public void Dispose() => _files.ForEach(static f => f.Dispose());

    private void Add(string path)
    {
        using SafeFileHandle handle = RecordBytes.Open(path);
        long length = RandomAccess.GetLength(handle);
        int records = _format.RecordsIn(length);
        if (records == 0)
        {
            return;
        }

        if (_format.IdentityOf(handle) is null)
        {
            if (RecordFormat.TryRead(path) is null)
            {
                _warnings.Add($"nothing is taken from '{path}', whose header is damaged");
            }

            return;
        }

        _files.Add(new MappedFile(handle, length));
        _places.EnsureCapacity(_places.Count + records);
        for (int i = 0; i < records; i++)
        {
            var place = new Place(_files.Count - 1, i);
            ContentKey key = RecordFormat.KeyOf(Record(place));
            if (!_places.TryAdd(key, place) && !IsIntact(key))
            {
                _places[key] = place;
            }
        }
    }

    private ReadOnlySpan<byte> Record(Place place) =>
        _files[place.File].Bytes(_format.RecordAt(place.Record), _format.RecordSize);

    private readonly record struct Place(int File, int Record);
}
