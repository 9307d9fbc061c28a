using TransferLearning.Runtime.Execution;

namespace TransferLearning.Heads;

/// <summary>How a head is trained, apart from the data: seed, threads, limits, progress, and the head to start from.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record RetrainingContext
{
    /// <summary>The seed of all random choices. Default: 0. The same seed gives the same head, bit by bit, for any number of
    /// threads.</summary>
    public int Seed { get; init; }

    /// <summary>The number of threads; 0 for one per processor. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>The maximum number of epochs, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// The head to start from: same classes in the same order, same feature size; null to start from zero weights. Default: null.
    /// </summary>
    public LinearHead? InitialHead { get; init; }

    /// <summary>
    /// [n]: training rows with the same number (photos of one person, copies of one image) stay together where a retrainer divides the rows
    /// to choose its settings; empty if rows need not stay together. Default: empty. The memory is not copied: do not write to it
    /// afterwards.
    /// </summary>
    public ReadOnlyMemory<int> Groups { get; init; }

    /// <summary>Receives each epoch as it ends, on the training thread; null for none. Default: null.</summary>
    public IProgress<EpochProgress>? Progress { get; init; }

    /// <summary>Ends the training early; the head trained so far is kept. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The clock that measures the time of the training. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// A head near the one that is sought. A retrainer that reaches the same head from any start may begin there, which saves epochs and,
    /// unlike <see cref="InitialHead"/>, does not change the result; the others ignore it.
    /// </summary>
    internal LinearHead? WarmStart { get; init; }

    /// <summary>True to ask for <see cref="RetrainedHead.HeldOut"/>, which retrainers that have it at no cost give in any case. Default:
    /// false.</summary>
    internal bool PredictsHeldOut { get; init; }

    /// <summary>
    /// The first row that is a further view of an image among the training rows, after all images: views are learned from, but what is
    /// chosen or fitted is chosen by the images. Views are in the groups of their images. Null where there are none. Default: null.
    /// </summary>
    internal int? FirstViewRow { get; init; }

    /// <summary><see cref="Threads"/>, with 0 resolved to the number of processors.</summary>
    internal int ThreadCount => WorkerThreads.Count(Threads);

    /// <summary>Whether a training row is an image, not a view of one.</summary>
    internal bool IsImage(int row) => FirstViewRow is not { } first || row < first;
}
