using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>One segment of the larger data set in parallel training, and the head tuned on it. Immutable; thread-safe.</summary>
public sealed record TrainingSegment
{
    /// <summary>The value of <see cref="ParallelTrainingOptions.SegmentBy"/>, or the number of the segment, from 1.</summary>
    public required string Name { get; init; }

    /// <summary>The number of pseudo-labeled images learned from, beside those of the small set.</summary>
    public required int TrainImages { get; init; }

    /// <summary>The number of pseudo-labeled images in the segment's own validation part.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>
    /// The share of the segment's validation part on which the head agrees with the pseudo-labels, 0..1; null where the part is empty.
    /// </summary>
    public required double? Agreement { get; init; }

    /// <summary>How the head does on the small set's validation part, where labels are certain.</summary>
    public required ClassificationMetrics Metrics { get; init; }

    /// <summary>The head, its history, the epoch that was kept, and the seconds.</summary>
    public required RetrainedHead Training { get; init; }
}
