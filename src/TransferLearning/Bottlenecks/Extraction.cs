using TransferLearning.Data;

namespace TransferLearning.Bottlenecks;

/// <summary>The bottlenecks of a data set, with what happened on the way. Immutable; thread-safe.</summary>
public sealed class Extraction
{
    internal Extraction(ImageDataset images, BottleneckMatrix bottlenecks)
    {
        (Images, Bottlenecks) = (images, bottlenecks);
    }

    /// <summary>The images that could be used, in the order of the data set.</summary>
    public ImageDataset Images { get; }

    /// <summary>A row for each of <see cref="Images"/>.</summary>
    public BottleneckMatrix Bottlenecks { get; }

    /// <summary>The images left out, in the order of the data set, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>How many bottlenecks came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>How many bottlenecks were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The time that it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// What the user should know though the result is complete: damaged cache records computed again, a cache that could not be
    /// written.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
