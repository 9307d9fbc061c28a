using TransferLearning.Data;

namespace TransferLearning.Bottlenecks;

/// <summary>The bottlenecks of a data set, and how they were obtained. Immutable.</summary>
/// <remarks>Thread-safe; nothing to dispose of.</remarks>
public sealed class Extraction
{
    internal Extraction(ImageDataset images, BottleneckMatrix bottlenecks)
    {
        (Images, Bottlenecks) = (images, bottlenecks);
    }

    /// <summary>The images that could be read and decoded, in the order of the data set.</summary>
    public ImageDataset Images { get; }

    /// <summary>The bottlenecks: one row for each of <see cref="Images"/>.</summary>
    public BottleneckMatrix Bottlenecks { get; }

    /// <summary>The images left out, in the order of the data set, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>The number of bottlenecks that came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>The number of bottlenecks that were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The duration of the extraction, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// What the user should know although the result is complete, such as damaged cache records that were computed again, or a cache that
    /// could not be written.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
