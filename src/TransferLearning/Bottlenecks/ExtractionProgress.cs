namespace TransferLearning.Bottlenecks;

/// <summary>The progress of an extraction. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="Done">Images finished, including those found in the cache and those left out.</param>
/// <param name="Total">All images of the data set.</param>
/// <param name="ImagesPerSecond">The average rate since the start.</param>
public readonly record struct ExtractionProgress(int Done, int Total, double ImagesPerSecond)
{
    /// <summary>
    /// The estimated time for the images that are left, by the rate of the images computed so far; null in the first second or so, before
    /// there is a rate. Where it is long, <see cref="Backbones.Backbone.Compact"/> takes about a fifth of the time of
    /// <see cref="Backbones.Backbone.ResNet18"/>.
    /// </summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>
    /// The number of further views that are computed of each image (<see cref="TransferPipeline{TResult}.WithAugmentation"/>); 0 while the
    /// images themselves are. Images are counted either way: one is finished once all its views are.
    /// </summary>
    public int Views { get; init; }
}
