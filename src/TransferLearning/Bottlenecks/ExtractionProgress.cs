namespace TransferLearning.Bottlenecks;

/// <summary>The progress of an extraction. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Done">Images finished, including those found in the cache and those left out.</param>
/// <param name="Total">All images of the data set.</param>
/// <param name="ImagesPerSecond">The average rate since the start.</param>
public readonly record struct ExtractionProgress(int Done, int Total, double ImagesPerSecond);
