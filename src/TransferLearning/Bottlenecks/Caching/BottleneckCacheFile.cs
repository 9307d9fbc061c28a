using TransferLearning.Backbones;

namespace TransferLearning.Bottlenecks;

/// <summary>One file of a <see cref="BottleneckCache"/>: the bottlenecks of one backbone with one preprocessing. Immutable.</summary>
/// <remarks>Thread-safe. It describes the file as it was when the cache was listed.</remarks>
public sealed record BottleneckCacheFile
{
    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>The name that the backbone had when the file was created.</summary>
    public required string Backbone { get; init; }

    /// <summary>The backbone's <see cref="Backbone.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The format in which features are stored.</summary>
    public required BottleneckPrecision Precision { get; init; }

    /// <summary>The number of features per image.</summary>
    public required int FeatureSize { get; init; }

    /// <summary>The number of different images.</summary>
    public required int Images { get; init; }

    /// <summary>
    /// The number of images whose record was damaged and will be computed again; null where that was not checked.
    /// <see cref="Images"/> counts them too.
    /// </summary>
    public required int? Damaged { get; init; }

    /// <summary>
    /// The number of records that are not used any more, because a later one of the same image takes their place. Default: 0.
    /// </summary>
    public int Superseded { get; init; }

    /// <summary>
    /// The bytes that <see cref="BottleneckCache.Compact"/> would free: those of superseded and damaged records. Default: 0.
    /// </summary>
    public long WasteBytes { get; init; }

    /// <summary>The time of the last run that used the file, in UTC.</summary>
    public DateTimeOffset LastUsed { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Bytes { get; init; }
}
