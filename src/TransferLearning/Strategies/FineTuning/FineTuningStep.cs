using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>One round of training within fine-tuning: on the only data set, on the small one, or on the larger one. Immutable;
/// thread-safe.</summary>
public sealed record FineTuningStep
{
    /// <summary>The name of the data set that was learned from.</summary>
    public required string Data { get; init; }

    /// <summary>The number of images learned from.</summary>
    public required int TrainImages { get; init; }

    /// <summary>The head, its history, the epoch that was kept, and the seconds.</summary>
    public required RetrainedHead Training { get; init; }

    /// <summary>How the head does, after this step, on the validation part of the first (or only) data set, at temperature 1.</summary>
    public required ClassificationMetrics Metrics { get; init; }

    /// <summary>
    /// How the head does, after this step, on the validation part of the larger data set, at temperature 1; null where there is none. A
    /// class that the head does not know yet has probability 0.
    /// </summary>
    public ClassificationMetrics? MetricsOnLarger { get; init; }
}
