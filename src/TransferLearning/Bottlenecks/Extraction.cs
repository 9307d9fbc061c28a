using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Bottlenecks;

/// <summary>The bottlenecks of a data set, and how they were obtained. Immutable.</summary>
/// <remarks>Thread-safe; nothing to dispose of.</remarks>
public sealed class Extraction
{
    internal Extraction(
        ImageDataset images,
        BottleneckMatrix bottlenecks,
        IReadOnlyList<ContentKey> contents,
        IReadOnlyList<ImageThumbnail?> thumbnails,
        ExtractionSummary summary) =>
        (Images, Bottlenecks, Contents, Thumbnails, Summary) = (images, bottlenecks, contents, thumbnails, summary);

    /// <summary>The images that could be read and decoded, in the order of the data set.</summary>
    public ImageDataset Images { get; }

    /// <summary>The bottlenecks: one row for each of <see cref="Images"/>.</summary>
    public BottleneckMatrix Bottlenecks { get; }

    /// <summary>How the bottlenecks were obtained: seconds, cache hits and misses, the images left out, and warnings.</summary>
    public ExtractionSummary Summary { get; }

    /// <summary>[images]: the hash of each image's content.</summary>
    internal IReadOnlyList<ContentKey> Contents { get; }

    /// <summary>[images]: what each image looks like; null where it cannot be decoded any more.</summary>
    internal IReadOnlyList<ImageThumbnail?> Thumbnails { get; }

    /// <summary>The same with other knowledge of the images.</summary>
    /// <param name="images">The same images, in the same order.</param>
    internal Extraction WithImages(ImageDataset images) => new(images, Bottlenecks, Contents, Thumbnails, Summary);

    /// <summary>Some of the images, in the order given.</summary>
    /// <param name="rows">Positions in <see cref="Images"/>.</param>
    internal Extraction Select(int[] rows) => new(
        Images.Select(rows),
        Bottlenecks.Select(rows),
        [.. rows.Select(r => Contents[r])],
        [.. rows.Select(r => Thumbnails[r])],
        Summary);
}
