namespace TransferLearning.Cli.Reports.Cache;

/// <summary>What <c>cache compact</c> has removed: numbers of records, and sentences on what exceeded the limit of size.</summary>
internal sealed record CacheCompactionReport(int Superseded, int Damaged, IReadOnlyList<string> Evictions);
