using TransferLearning.Backbones;

namespace TransferLearning.Bottlenecks;

/// <summary>One file of a <see cref="BottleneckCache"/>: the bottlenecks of one backbone with one preprocessing. Immutable.</summary>
public sealed record BottleneckCacheFile
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The name that the backbone had when the file was begun.</summary>
    public required string Backbone { get; init; }

    /// <summary>The backbone's <see cref="Backbone.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The format of the features.</summary>
    public required BottleneckPrecision Precision { get; init; }

    /// <summary>The number of features an image.</summary>
    public required int FeatureSize { get; init; }

    /// <summary>The number of different images.</summary>
    public required int Images { get; init; }

    /// <summary>How many of them are damaged and will be computed again; null where that was not checked.</summary>
    public required int? Damaged { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Bytes { get; init; }
}
