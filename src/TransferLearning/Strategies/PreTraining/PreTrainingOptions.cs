namespace TransferLearning.Strategies;

/// <summary>How pre-training trains the head. Every setting has a default. Immutable; thread-safe.</summary>
public sealed record PreTrainingOptions
{
    /// <summary>The largest number of epochs, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    internal void Validate(List<string> problems)
    {
        if (Epochs < 1)
        {
            problems.Add($"PreTrainingOptions.Epochs is {Epochs}: it must be at least 1, or null for the retrainer's own setting");
        }
    }
}
