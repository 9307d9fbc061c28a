using TransferLearning.Evaluation;

namespace TransferLearning.Strategies;

/// <summary>One fold: a head trained on all other folds, evaluated on this one. Immutable; thread-safe.</summary>
public sealed record CrossValidationFold
{
    /// <summary>The repeat that the fold belongs to, from 0.</summary>
    public required int Repeat { get; init; }

    /// <summary>The fold's number within the repeat, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The group that the fold consists of, when leaving one group out (several joined by " + " where they hold copies of one
    /// image); else null.</summary>
    public string? Group { get; init; }

    /// <summary>The number of images learned from.</summary>
    public required int TrainImages { get; init; }

    /// <summary>What training stages of the network gave in this fold, with the figures of the head alone; null where only heads were
    /// trained. Default: null.</summary>
    public StageTuningResult? Tuning { get; init; }

    /// <summary>How the head, or the tuned network, does on this fold's images, which it has not seen, at temperature 1.</summary>
    public required ClassificationMetrics Metrics { get; init; }

    /// <summary>The L2 strength that was used, given or chosen without this fold's images; null where the retrainer has none.</summary>
    public required double? L2 { get; init; }
}
