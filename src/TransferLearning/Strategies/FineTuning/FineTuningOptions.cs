using TransferLearning.Models;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies;

/// <summary>How fine-tuning trains, and what its model can do. Every setting has a default. Immutable; thread-safe.</summary>
public sealed record FineTuningOptions
{
    /// <summary>The largest number of epochs of each step, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// The share of images of the classes that <see cref="Prediction.IsUnknown"/> may reject wrongly, 0 (exclusive) to 0.5; null for a
    /// model that does not detect out-of-distribution images. The threshold is fitted on the validation images; no
    /// figure of the result depends on it. Default: 0.05.
    /// </summary>
    public double? FalseRejectRate { get; init; } = FalseRejectRateOption.Default;

    internal void Validate(List<string> problems)
    {
        if (Epochs < 1)
        {
            problems.Add($"FineTuningOptions.Epochs is {Epochs}: it must be at least 1, or null for the retrainer's own setting");
        }

        FalseRejectRateOption.Validate(nameof(FineTuningOptions), FalseRejectRate, problems);
    }
}
