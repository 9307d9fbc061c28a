using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Reports.Cache;

/// <summary>The cached bottlenecks of one backbone; <see cref="Damaged"/> is null where the records were not checked.</summary>
internal sealed record CachedBackboneReport(
    string Backbone,
    string Fingerprint,
    int FeatureSize,
    int Images,
    int? Damaged,
    int Superseded,
    long Bytes,
    long WasteBytes,
    DateTimeOffset LastUsed)
{
    public static CachedBackboneReport Of(BottleneckCacheFile file) => new(
        file.Backbone,
        file.Fingerprint,
        file.FeatureSize,
        file.Images,
        file.Damaged,
        file.Superseded,
        file.Bytes,
        file.WasteBytes,
        file.LastUsed);
}
