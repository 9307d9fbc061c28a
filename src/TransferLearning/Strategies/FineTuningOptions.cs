namespace TransferLearning.Strategies;

/// <summary>How fine-tuning goes about it. Immutable.</summary>
public sealed record FineTuningOptions
{
    /// <summary>The largest number of epochs of each step, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    internal void Validate(List<string> problems)
    {
        if (Epochs < 1)
        {
            problems.Add($"FineTuningOptions.Epochs is {Epochs}: it must be at least 1, or null for the retrainer's own setting");
        }
    }
}
