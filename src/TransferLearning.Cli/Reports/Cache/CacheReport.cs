namespace TransferLearning.Cli.Reports.Cache;

/// <summary>What <c>cache --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record CacheReport
{
    public required string Directory { get; init; }

    /// <summary>What is in the cache; empty after clearing it.</summary>
    public IReadOnlyList<CachedBackboneReport> Backbones { get; init; } = [];

    /// <summary>What clearing freed; null where nothing was cleared.</summary>
    public long? FreedBytes { get; init; }
}
