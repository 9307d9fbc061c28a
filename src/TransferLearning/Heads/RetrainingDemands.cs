namespace TransferLearning.Heads;

/// <summary>
/// What a strategy needs of a retrainer beyond training a head from zero weights on rows that count the same.
/// <see cref="IRetrainer.Validate"/> reports, before any image is read, which demands a retrainer cannot meet.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record RetrainingDemands
{
    /// <summary>No demands.</summary>
    public static RetrainingDemands None { get; } = new();

    /// <summary>True if a seed was given: every run must give the same head, bit by bit. Default: false.</summary>
    public bool Seed { get; init; }

    /// <summary>True if training starts from a head (<see cref="RetrainingContext.InitialHead"/>). Default: false.</summary>
    public bool InitialHead { get; init; }

    /// <summary>True if rows count differently (<see cref="LabeledBottlenecks.Weights"/>). Default: false.</summary>
    public bool RowWeights { get; init; }
}
