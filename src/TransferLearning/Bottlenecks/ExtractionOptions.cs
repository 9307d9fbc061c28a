using TransferLearning.Inference;

namespace TransferLearning.Bottlenecks;

/// <summary>How bottlenecks are extracted. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record ExtractionOptions
{
    /// <summary>The number of threads, each of which reads, decodes and runs the network; 0, the default, for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>What runs the network. Default: <see cref="EmbeddedEngine"/>.</summary>
    public INetworkEngine Engine { get; init; } = EmbeddedEngine.Instance;

    /// <summary>
    /// The clock that measures the duration and the age of files, and decides when features are written to the cache. Default:
    /// <see cref="TimeProvider.System"/>.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The shard of the data set that is extracted; null, the default, for the whole data set. What is computed goes to a part of the
    /// cache that no other shard writes, so that shards may run on many machines that share a folder. All later runs on the folder use the
    /// parts as they are, and <see cref="BottleneckCache.Merge"/> joins them.
    /// </summary>
    public ExtractionShard? Shard { get; init; }
}
