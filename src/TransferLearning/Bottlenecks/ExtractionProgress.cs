namespace TransferLearning.Bottlenecks;

/// <summary>How far an extraction is. Immutable.</summary>
/// <param name="Done">Images finished, those found in the cache and those left out among them.</param>
/// <param name="Total">Images of the data set.</param>
/// <param name="ImagesPerSecond">The average rate since the start.</param>
public readonly record struct ExtractionProgress(int Done, int Total, double ImagesPerSecond);
