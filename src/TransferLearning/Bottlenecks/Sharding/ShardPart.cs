using TransferLearning.Bottlenecks.Records;
using TransferLearning.Files;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>
/// One attempt at a shard: the record files that it writes, which no other process does, and those that earlier attempts have left, which
/// it only reads. There is no lock, as a file system that machines share might have none. Serves one run.
/// </summary>
internal sealed class ShardPart
{
    private readonly DivisionFolder _folder;
    private readonly ExtractionShard _shard;
    private readonly string _token = UnlockedFile.NewToken();

    private ShardPart(DivisionFolder folder, ExtractionShard shard) => (_folder, _shard) = (folder, shard);

    /// <summary>Begins an attempt.</summary>
    /// <param name="cacheDirectory">The folder of the cache.</param>
    /// <param name="division">What all shards agree on.</param>
    /// <param name="shard">The shard.</param>
    /// <exception cref="TransferLearningException">The folder has shards of another division.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read or write it.</exception>
    public static ShardPart Begin(string cacheDirectory, ShardDivision division, ExtractionShard shard)
    {
        var folder = new DivisionFolder(Path.Combine(cacheDirectory, PartFiles.FolderName, division.FolderName));
        foreach (DivisionFolder other in DivisionFolder.AllIn(cacheDirectory).Where(f => f.Path != folder.Path))
        {
            throw new TransferLearningException(
                $"all shards in one folder must agree, but '{other.DivisionPath}' "
                + $"{ShardDivision.Read(other.DivisionPath).DifferenceFrom(division)}: run shard {shard} as the others were run, or join "
                + "what they have first (transfer cache merge --accept-missing, BottleneckCache.Merge), or use another folder");
        }

        Directory.CreateDirectory(folder.Path);
        string text = division.ToJson();
        if (!File.Exists(folder.DivisionPath) || File.ReadAllText(folder.DivisionPath) != text)
        {
            PartFiles.Write(folder.DivisionPath, text);
        }

        return new ShardPart(folder, shard);
    }

    /// <summary>The record file of one kind that this attempt writes.</summary>
    /// <param name="extension">One of <see cref="PartFiles.Extensions"/>.</param>
    public string Own(string extension) => Path.Combine(_folder.Path, PartFiles.NameOf(_shard.Index, _token, extension));

    /// <summary>The record files of one kind that earlier attempts have left.</summary>
    /// <param name="extension">One of <see cref="PartFiles.Extensions"/>.</param>
    public IReadOnlyList<string> Earlier(string extension) =>
        [.. _folder.Parts(extension, _shard.Index).Where(f => f != Own(extension))];

    /// <summary>
    /// Makes sure that the files of the attempt are on the disk, verifies them and those of earlier attempts, and then writes the
    /// completion record, which gets its name when it is complete.
    /// </summary>
    /// <param name="images">The number of images of the shard.</param>
    /// <param name="computed">The number of images that were computed.</param>
    /// <param name="seconds">The duration.</param>
    /// <param name="skipped">The images that cannot be used.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read or write.</exception>
    public void Complete(
        int images, int computed, double seconds, IReadOnlyList<SkippedImage> skipped, CancellationToken cancellationToken)
    {
        var files = new List<CompletedFile>();
        foreach (string file in PartFiles.Extensions.SelectMany(e => _folder.Parts(e, _shard.Index)))
        {
            if (PartFiles.Extensions.Any(e => file == Own(e)))
            {
                using var own = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
                own.Flush(flushToDisk: true);
            }

            // An attempt that was killed at its beginning has left no header, and no record.
            if (RecordFormat.TryRead(file) is { } format)
            {
                (int records, int damaged) = RecordScan.Count(file, format, cancellationToken);
                files.Add(new CompletedFile(Path.GetFileName(file), records, damaged));
            }
        }

        var completion = new ShardCompletion
        {
            Shard = _shard.Index,
            Images = images,
            Computed = computed,
            Seconds = seconds,
            Skipped = skipped,
            Files = files,
        };
        PartFiles.Write(Path.Combine(_folder.Path, PartFiles.RecordName(_shard.Index)), completion.ToJson());
    }
}
