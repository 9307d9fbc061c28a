using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Reports.Cache;

/// <summary>
/// The shards of an extraction that are not merged; <see cref="Missing"/> as a scheduler takes it, such as <c>3,17-19</c>.
/// </summary>
internal sealed record CacheShardsReport(
    string Path, string Backbone, int Count, int Complete, string Missing, int Images, int Skipped, long Bytes)
{
    public static CacheShardsReport Of(BottleneckCacheShards shards) => new(
        shards.Path,
        shards.Backbone,
        shards.Count,
        shards.Count - shards.Missing.Count,
        shards.MissingExpression,
        shards.Images,
        shards.Skipped,
        shards.Bytes);
}
