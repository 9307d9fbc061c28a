using TransferLearning.Runtime.Training.Networks;

namespace TransferLearning.Runtime.Training.Checkpoints;

/// <summary>All that a training needs to go on as if it had not stopped. Immutable.</summary>
internal sealed record TrainingState
{
    /// <summary>The number of steps so far.</summary>
    public required long Steps { get; init; }

    /// <summary>The network as it is.</summary>
    public required NetworkSnapshot Network { get; init; }

    /// <summary>The optimizer's arrays, in the order of the graph: all of the first parameter, then all of the second.</summary>
    public required IReadOnlyList<float[]> Optimizer { get; init; }

    /// <summary>Further weights of the same network, such as those of the best epoch and the averages. Default: none.</summary>
    public IReadOnlyList<NetworkSnapshot> Further { get; init; } = [];

    /// <summary>What the caller needs beside it, such as the figures of the epochs. Default: empty.</summary>
    public string Notes { get; init; } = "";
}
