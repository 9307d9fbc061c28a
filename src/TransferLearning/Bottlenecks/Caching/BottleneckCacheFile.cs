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

    /// <summary>The number of images whose record is damaged and will be computed again; null where that was not checked.</summary>
    public required int? Damaged { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Bytes { get; init; }
}
