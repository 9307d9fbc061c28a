using TransferLearning.Bottlenecks.Records;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>Counts the records of a cache's files.</summary>
internal sealed class CacheInspection(CancellationToken cancellationToken)
{
    /// <summary>Counts the records of a file without checking them.</summary>
    public static RecordCount Count(string path, RecordFormat format)
    {
        using var file = RecordFile.Open(path, format, out _);
        return RecordCount.Of(file, new FileInfo(path).Length);
    }

    /// <summary>Counts and checks the records of a file, and rewrites it without damaged ones where that is possible.</summary>
    public RecordCount CheckAndMend(string path, RecordFormat format)
    {
        RecordCount count = Check(path, format);
        if (count.Damaged > 0)
        {
            try
            {
                new RecordCompactor(path, format).Run(select: null, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder without write permission, or a full disk: the records stay and are reported again.
            }
        }

        return count;
    }

    private RecordCount Check(string path, RecordFormat format)
    {
        using var file = RecordFile.Open(path, format, out _);
        return RecordCount.Check(file, new FileInfo(path).Length, cancellationToken);
    }
}
