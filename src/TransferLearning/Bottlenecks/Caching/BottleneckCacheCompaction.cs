namespace TransferLearning.Bottlenecks;

/// <summary>What <see cref="BottleneckCache.Compact"/> has removed. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BottleneckCacheCompaction
{
    /// <summary>The bytes freed in all.</summary>
    public required long FreedBytes { get; init; }

    /// <summary>The number of records removed that a later one takes the place of.</summary>
    public required int Superseded { get; init; }

    /// <summary>The number of damaged records removed, which will be computed again.</summary>
    public required int Damaged { get; init; }

    /// <summary>
    /// What was removed to reduce the folder to <see cref="BottleneckCacheOptions.MaxBytes"/>, in sentences; empty where nothing was.
    /// </summary>
    public required IReadOnlyList<string> Evictions { get; init; }
}
