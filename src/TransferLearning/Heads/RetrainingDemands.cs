namespace TransferLearning.Heads;

/// <summary>
/// What will be asked of a retrainer beyond training a head from nothing on rows that count the same. A retrainer says at once, before any
/// image is read, what of it it cannot do (<see cref="IRetrainer.Validate"/>). Immutable.
/// </summary>
public sealed record RetrainingDemands
{
    /// <summary>Nothing beyond that.</summary>
    public static RetrainingDemands None { get; } = new();

    /// <summary>True where a seed was given, so that the same head, bit by bit, is expected of every run. Default: false.</summary>
    public bool Seed { get; init; }

    /// <summary>True where training starts from a head (<see cref="RetrainingContext.InitialHead"/>). Default: false.</summary>
    public bool InitialHead { get; init; }

    /// <summary>True where rows count differently (<see cref="LabeledBottlenecks.Weights"/>). Default: false.</summary>
    public bool RowWeights { get; init; }
}
