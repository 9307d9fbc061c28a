namespace TransferLearning.Reports.Sections;

/// <summary>The cost of bottlenecks and training. Immutable.</summary>
internal sealed record ExtractionCost(double SecondsExtracting, double SecondsTraining, int CacheHits, int CacheMisses);
