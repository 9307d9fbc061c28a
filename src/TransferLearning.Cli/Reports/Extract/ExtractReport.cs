using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Extract;

/// <summary>What <c>extract --json</c> writes.</summary>
internal sealed record ExtractReport
{
    /// <summary>The shard; null where the whole data set was computed.</summary>
    public ShardReport? Shard { get; init; }

    public required int Images { get; init; }

    public required int FeatureSize { get; init; }

    public required double Seconds { get; init; }

    public required double ImagesPerSecond { get; init; }

    public required int CacheHits { get; init; }

    public required int CacheMisses { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }
}
