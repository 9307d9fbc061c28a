using TransferLearning.Data;

namespace TransferLearning.Bottlenecks;

/// <summary>The bottlenecks of a data set, and how they were obtained. Immutable.</summary>
/// <remarks>Thread-safe; nothing to dispose of.</remarks>
public sealed class Extraction
{
    internal Extraction(ImageDataset images, BottleneckMatrix bottlenecks, ExtractionSummary summary) =>
        (Images, Bottlenecks, Summary) = (images, bottlenecks, summary);

    /// <summary>The images that could be read and decoded, in the order of the data set.</summary>
    public ImageDataset Images { get; }

    /// <summary>The bottlenecks: one row for each of <see cref="Images"/>.</summary>
    public BottleneckMatrix Bottlenecks { get; }

    /// <summary>How the bottlenecks were obtained: seconds, cache hits and misses, the images left out, and warnings.</summary>
    public ExtractionSummary Summary { get; }
}
