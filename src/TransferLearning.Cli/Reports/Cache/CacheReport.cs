namespace TransferLearning.Cli.Reports.Cache;

/// <summary>What <c>cache --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record CacheReport
{
    public required string Directory { get; init; }

    /// <summary>The backbones that the cache has bottlenecks of; empty after clearing it.</summary>
    public IReadOnlyList<CachedBackboneReport> Backbones { get; init; } = [];

    /// <summary>The bytes freed by clearing; null for the other actions.</summary>
    public long? FreedBytes { get; init; }
}
