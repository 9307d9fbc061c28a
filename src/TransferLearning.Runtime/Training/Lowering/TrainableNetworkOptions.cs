using TransferLearning.Runtime.Training.Distillation;

namespace TransferLearning.Runtime.Training.Lowering;

/// <summary>How a network is trained.</summary>
internal sealed record TrainableNetworkOptions
{
    /// <summary>The largest number of images of a batch.</summary>
    public required int MaxImages { get; init; }

    /// <summary>The number of threads; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether batch normalization uses the statistics of the batch, and moves the running ones; otherwise they are frozen.
    /// </summary>
    public bool UsesBatchStatistics { get; init; }

    /// <summary>The input's height, where the graph leaves it open.</summary>
    public int? Height { get; init; }

    /// <summary>The input's width, where the graph leaves it open.</summary>
    public int? Width { get; init; }

    /// <summary>What is learned from a teacher; null for nothing.</summary>
    public DistillationOptions? Distillation { get; init; }

    /// <summary>Distinguishes what is dropped at random.</summary>
    public int Seed { get; init; }
}
