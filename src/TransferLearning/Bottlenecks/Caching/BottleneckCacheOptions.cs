namespace TransferLearning.Bottlenecks;

/// <summary>How a <see cref="BottleneckCache"/> stores features. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BottleneckCacheOptions
{
    /// <summary>The format in which features are stored. Default: <see cref="BottleneckPrecision.Full"/>.</summary>
    public BottleneckPrecision Precision { get; init; } = BottleneckPrecision.Full;

    /// <summary>
    /// The largest size of the folder in bytes, at least 1; null, the default, for no limit. A run may exceed it while it works. After an
    /// extraction, and by <see cref="BottleneckCache.Compact"/>, a folder that is larger is reduced to about 90 % of the limit: first the
    /// features of the networks that were not used for longest, then the oldest images of the network in use. What the extraction itself
    /// has stored stays, unless the limit cannot hold it.
    /// </summary>
    public long? MaxBytes { get; init; }
}
