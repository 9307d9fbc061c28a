namespace TransferLearning.Bottlenecks;

/// <summary>How a <see cref="BottleneckCache"/> stores features. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BottleneckCacheOptions
{
    /// <summary>The format in which features are stored. Default: <see cref="BottleneckPrecision.Full"/>.</summary>
    public BottleneckPrecision Precision { get; init; } = BottleneckPrecision.Full;
}
