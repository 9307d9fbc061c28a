using TransferLearning.Heads;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Tuning;

/// <summary>A network after its training, with the weights of the epoch that was kept. Immutable.</summary>
internal sealed record TrainedNetwork
{
    /// <summary>The network that was given, with other weights.</summary>
    public required Graph Graph { get; init; }

    /// <summary>The epoch that the weights come from, from 1; 0 where training was canceled before the first ended.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The figures of every epoch, in order.</summary>
    public required IReadOnlyList<EpochProgress> History { get; init; }

    /// <summary>[held-out images, classes]: the logits of the epoch that was kept; empty without held-out images.</summary>
    public required float[] HeldOutLogits { get; init; }

    /// <summary>The full learning rate, as given or found; NaN where training was canceled before it was found.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The time that training took in this process, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>True where training was canceled before it ended by itself.</summary>
    public bool Canceled { get; init; }

    /// <summary>Why training stopped early for a bad reason, with advice; null where it did not.</summary>
    public string? Divergence { get; init; }

    /// <summary>Why the last checkpoint could not be written; null where it could.</summary>
    public string? CheckpointProblem { get; init; }
}
