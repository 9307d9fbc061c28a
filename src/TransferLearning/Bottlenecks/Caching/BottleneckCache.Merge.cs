using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Sharding;

namespace TransferLearning.Bottlenecks;

public sealed partial class BottleneckCache
{
    /// <summary>Lists the extractions whose shards are not merged.</summary>
    /// <returns>
    /// At most one entry, unless the folder has shards that do not agree on the images, the backbone or the number of shards.
    /// </returns>
    /// <exception cref="TransferLearningException">
    /// The folder or a file cannot be read, or the folder is a file.
    /// </exception>
    public IReadOnlyList<BottleneckCacheShards> DescribeShards() => Using(() =>
    {
        var shards = new List<BottleneckCacheShards>();
        foreach (DivisionFolder folder in DivisionFolder.AllIn(Directory))
        {
            var state = DivisionState.Of(folder);
            shards.Add(new BottleneckCacheShards
            {
                Path = folder.Path,
                Backbone = state.Division.Backbone,
                Count = state.Division.Count,
                Images = state.Division.Images,
                Missing = state.Missing,
                Skipped = state.Completions.Sum(c => c.Skipped.Count),
                Bytes = folder.Files.Sum(f => new FileInfo(f).Length),
            });
        }

        return shards;
    });

    /// <summary>
    /// Joins the parts of shards (<see cref="ExtractionOptions.Shard"/>) with the cache, and verifies the checksum of every record. Where
    /// shards are missing or damaged, or do not agree, nothing is merged. Blocks.
    /// </summary>
    /// <param name="missing">What to do where shards are not complete.</param>
    /// <param name="cancellationToken">Cancels the work; the cache and the parts stay as they were.</param>
    /// <returns>What was joined. Without parts, nothing is done: a merge may be repeated.</returns>
    /// <remarks>
    /// The files of the cache are written anew beside the old ones and then moved over them; the parts are deleted last. A crash leaves the
    /// parts, which the next merge joins. Takes the free space of all parts and of the files that they are joined with, and about 150 bytes
    /// of memory per image. Run it on one machine, after the shards have ended: locks may not hold between machines.
    /// </remarks>
    /// <exception cref="TransferLearningException">
    /// Shards are missing, damaged, or differ in backbone, version of the library, images or number of shards; the message names the file
    /// and what to do. Or a file cannot be read or written, the disk is full, or the folder is a file.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public BottleneckCacheMerge Merge(MissingShards missing = MissingShards.Refuse, CancellationToken cancellationToken = default) =>
        Using(() => new CacheMerge(Directory, missing, cancellationToken).Run());
}
