namespace TransferLearning.Bottlenecks;

/// <summary>What <see cref="BottleneckCache.Merge"/> has joined. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BottleneckCacheMerge
{
    /// <summary>The number of shards that were complete; 0 where there were none to join.</summary>
    public required int Shards { get; init; }

    /// <summary>The numbers of the shards that were not complete; empty unless <see cref="MissingShards.Accept"/> was given.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>The number of bottlenecks that were joined to those of the cache; one that the cache had does not count.</summary>
    public required int Added { get; init; }

    /// <summary>The number of records left out because their checksum was wrong, in shards that are not complete.</summary>
    public required int Damaged { get; init; }

    /// <summary>The length of the files of the cache that were written, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The images that shards have left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }
}
