using TransferLearning.Models;
using TransferLearning.OutOfDistribution;
using TransferLearning.Strategies.StageTuning;
using TransferLearning.Tuning;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Strategies;

/// <summary>How fine-tuning trains, and what its model can do. Every setting has a default. Immutable; thread-safe.</summary>
public sealed record FineTuningOptions
{
    /// <summary>The largest number of epochs of each step, at least 1; null for the retrainer's own setting. Default: null.</summary>
    public int? Epochs { get; init; }

    /// <summary>All stages of the network: <see cref="UnfrozenStages"/>.</summary>
    public const int AllStages = TunableNetwork.AllStages;

    /// <summary>
    /// The number of last stages of the network that are trained too, after the head: the network is divided where its resolution changes,
    /// a vision transformer into four stages of as many blocks. 0 for the head alone, <see cref="AllStages"/> for the whole network. What
    /// lies below the first of them runs once per image and view. The stages become part of the model only where they do better than the
    /// head alone on training images that are held out. Default: 0.
    /// </summary>
    public int UnfrozenStages { get; init; }

    /// <summary>How unfrozen stages are trained. Default: the defaults of its properties.</summary>
    public NetworkTrainingOptions StageTraining { get; init; } = new();

    /// <summary>
    /// The share of images of the classes that <see cref="Prediction.IsUnknown"/> may reject wrongly, 0 (exclusive) to 0.5; null for a
    /// model that does not detect out-of-distribution images. The threshold is fitted on the validation images, and
    /// with fewer than 40 of these on training images too, each scored by a detector that was fitted without it; no figure of the result
    /// depends on it. Default: 0.05.
    /// </summary>
    public double? FalseRejectRate { get; init; } = FalseRejectRateOption.Default;

    internal StageTuningSettings Stages => new(UnfrozenStages, StageTraining);

    internal void Validate(List<string> problems)
    {
        if (Epochs < 1)
        {
            problems.Add($"FineTuningOptions.Epochs is {Epochs}: it must be at least 1, or null for the retrainer's own setting");
        }

        FalseRejectRateOption.Validate(nameof(FineTuningOptions), FalseRejectRate, problems);
    }
}
