using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// A file of the cache that is written anew, with its own records first and then those of other files, each key once. It takes the place of
/// the old one by <see cref="Commit"/>; without that, disposing leaves the old one. Holds the lock of the file.
/// </summary>
internal sealed class MergedFile : IDisposable
{
    private readonly string _path;
    private readonly CancellationToken _cancellationToken;
    private readonly SharedFile _shared;
    private readonly IDisposable _lock;
    private bool _isCommitted;

    /// <param name="path">The file of the cache; it need not exist.</param>
    /// <param name="format">The format of its records.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public MergedFile(string path, RecordFormat format, CancellationToken cancellationToken)
    {
        (_path, Format, _cancellationToken) = (path, format, cancellationToken);
        _shared = new SharedFile(path);
        _lock = _shared.Lock();
    }

    public RecordFormat Format { get; }

    /// <summary>The number of records that the old file did not have.</summary>
    public int Added { get; private set; }

    /// <summary>The number of damaged records of the old file, which are left out.</summary>
    public int Damaged { get; private set; }

    /// <summary>The length of the new file.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes the new file, and makes sure that it is on the disk.</summary>
    /// <param name="paths">The files whose records are joined.</param>
    /// <param name="read">Receives each file and the number of its records, all and damaged ones.</param>
    public void Write(IReadOnlyList<string> paths, Action<string, int, int> read) => _shared.WriteNew(stream =>
    {
        var target = new SteadyWriter(stream);
        target.Write(Format.NewHeader());
        var keys = new HashSet<ContentKey>(paths.Sum(RecordsIn) + RecordsIn(_path));
        if (File.Exists(_path))
        {
            Damaged = RecordScan.Copy(_path, Format, keys.Add, target, _cancellationToken).Damaged;
        }

        int own = keys.Count;
        foreach (string path in paths)
        {
            (int records, int damaged) = RecordScan.Copy(path, Format, keys.Add, target, _cancellationToken);
            read(path, records, damaged);
        }

        Added = keys.Count - own;
        Bytes = stream.Length;
    });

    /// <summary>Moves the new file over the old one.</summary>
    public void Commit()
    {
        _shared.MoveNew();
        _isCommitted = true;
    }

    public void Dispose()
    {
        if (!_isCommitted)
        {
            _shared.RemoveNew();
        }

        _lock.Dispose();
    }

    private int RecordsIn(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? Format.RecordsIn(file.Length) : 0;
    }
}
