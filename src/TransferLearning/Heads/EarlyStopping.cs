namespace TransferLearning.Heads;

/// <summary>
/// Ends training once more epochs no longer help: once the loss over images held out from the training images no longer improves, or, where
/// a penalty limits the weights and no epoch has to be chosen, once the training objective no longer does.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record EarlyStopping
{
    /// <summary>The number of epochs in a row without improvement after which training ends, at least 1. Default: 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How much lower the loss must be to count as an improvement, in nats, at least 0. Default: 0.0001.</summary>
    public double MinDelta { get; init; } = 1e-4;

    internal void Validate(List<string> problems)
    {
        if (Patience < 1)
        {
            problems.Add($"EarlyStopping.Patience is {Patience}: it must be at least 1");
        }

        if (!double.IsFinite(MinDelta) || MinDelta < 0)
        {
            problems.Add($"EarlyStopping.MinDelta is {MinDelta}: it must be finite and at least 0");
        }
    }
}
