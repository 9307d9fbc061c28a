namespace TransferLearning.Cli.Reports.Cache;

/// <summary>The bottlenecks of one backbone; how many are damaged is null where that was not checked.</summary>
internal sealed record CachedBackboneReport(string Backbone, string Fingerprint, int FeatureSize, int Images, int? Damaged, long Bytes);
