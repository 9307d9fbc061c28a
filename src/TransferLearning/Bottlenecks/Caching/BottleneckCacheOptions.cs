namespace TransferLearning.Bottlenecks;

/// <summary>How a <see cref="BottleneckCache"/> stores features. Immutable.</summary>
public sealed record BottleneckCacheOptions
{
    /// <summary>The numbers' format. Default: <see cref="BottleneckPrecision.Full"/>.</summary>
    public BottleneckPrecision Precision { get; init; } = BottleneckPrecision.Full;
}
