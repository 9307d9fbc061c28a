namespace TransferLearning.Cli.Reports.Cache;

/// <summary>The cached bottlenecks of one backbone; <see cref="Damaged"/> is null where the records were not checked.</summary>
internal sealed record CachedBackboneReport(string Backbone, string Fingerprint, int FeatureSize, int Images, int? Damaged, long Bytes);
