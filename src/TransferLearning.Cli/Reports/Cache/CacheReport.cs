namespace TransferLearning.Cli.Reports.Cache;

/// <summary>What <c>cache --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record CacheReport
{
    public required string Directory { get; init; }

    /// <summary>Whether there was such a folder.</summary>
    public bool Exists { get; init; }

    /// <summary>The backbones that the cache has bottlenecks of; empty after clearing it.</summary>
    public IReadOnlyList<CachedBackboneReport> Backbones { get; init; } = [];

    /// <summary>The files that all backbones share; empty after clearing it.</summary>
    public IReadOnlyList<CacheSharedReport> Shared { get; init; } = [];

    /// <summary>The shards that are not merged; empty after clearing or merging.</summary>
    public IReadOnlyList<CacheShardsReport> Shards { get; init; } = [];

    /// <summary>The length of these files, without those of shards.</summary>
    public long Bytes { get; init; }

    /// <summary>The bytes of their records that are not used any more.</summary>
    public long WasteBytes { get; init; }

    /// <summary>The bytes freed by compacting or clearing; null for the other actions.</summary>
    public long? FreedBytes { get; init; }

    /// <summary>What compacting has removed; null for the other actions.</summary>
    public CacheCompactionReport? Compaction { get; init; }

    /// <summary>What merging has joined; null for the other actions.</summary>
    public CacheMergeReport? Merge { get; init; }
}
