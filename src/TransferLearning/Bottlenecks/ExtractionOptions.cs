namespace TransferLearning.Bottlenecks;

/// <summary>How bottlenecks are extracted. Immutable.</summary>
public sealed record ExtractionOptions
{
    /// <summary>The number of threads, each of which reads, decodes and runs the network; 0, the default, for one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Measures the seconds. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
