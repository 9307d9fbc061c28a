namespace TransferLearning.Heads;

/// <summary>What a retrainer is given beside the data: how to run, not what to learn. Immutable.</summary>
public sealed record RetrainingContext
{
    /// <summary>The seed of everything random. Default: 0. The same seed gives the same head, bit by bit, for any number of
    /// threads.</summary>
    public int Seed { get; init; }

    /// <summary>The number of threads; 0 for one a processor. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>The largest number of epochs, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// The head to start from: same classes in the same order, same feature size; null to start from nothing. Default: null.
    /// </summary>
    public LinearHead? InitialHead { get; init; }

    /// <summary>
    /// [n]: training rows with equal numbers (photos of one person, copies of one image) are not parted where a retrainer divides the rows
    /// to choose its settings; empty where any may be. Default: empty. The memory is not copied.
    /// </summary>
    public ReadOnlyMemory<int> Groups { get; init; }

    /// <summary>Told of each epoch as it ends, on the training thread. Default: null.</summary>
    public IProgress<EpochProgress>? Progress { get; init; }

    /// <summary>Ends the training early; the best epoch so far is kept. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Measures the seconds. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where L-BFGS starts, where that is not <see cref="InitialHead"/>: it saves epochs and, unlike that, does not change what is sought.
    /// </summary>
    internal LinearHead? WarmStart { get; init; }

    /// <summary><see cref="Threads"/>, with 0 resolved to the number of processors.</summary>
    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}
