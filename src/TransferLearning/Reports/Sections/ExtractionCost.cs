namespace TransferLearning.Reports.Sections;

/// <summary>What the bottlenecks cost. Immutable.</summary>
internal sealed record ExtractionCost(double SecondsExtracting, double SecondsTraining, int CacheHits, int CacheMisses);
