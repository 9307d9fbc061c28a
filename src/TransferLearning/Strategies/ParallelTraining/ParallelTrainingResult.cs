using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Strategies;

/// <summary>What parallel training gives: the model, and how it compares with the one of the small set. Immutable.</summary>
public sealed record ParallelTrainingResult
{
    /// <summary>The combined model; the small set's where <see cref="KeptSmallSetModel"/>.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>What <see cref="Model"/>, with its temperature, makes of the small set's validation part, image by image.</summary>
    public required EvaluatedImages Validation { get; init; }

    /// <summary>How <see cref="Model"/> does on <see cref="Validation"/>.</summary>
    public ClassificationMetrics Metrics => Validation.Metrics;

    /// <summary>
    /// The temperature of the model's probabilities, fitted on <see cref="Validation"/>, and their calibration error before and after.
    /// </summary>
    public required Calibration Calibration { get; init; }

    /// <summary>How the model of the small set alone does on the small set's validation part, at temperature 1.</summary>
    public required ClassificationMetrics SmallSetMetrics { get; init; }

    /// <summary>How the combined model does on the small set's validation part, at temperature 1.</summary>
    public required ClassificationMetrics CombinedMetrics { get; init; }

    /// <summary>
    /// True where the combined model did worse on the small set's validation part than the small set's own, which was returned instead.
    /// </summary>
    public bool KeptSmallSetModel => CombinedMetrics.Accuracy < SmallSetMetrics.Accuracy;

    /// <summary>The segments, each with its head.</summary>
    public required IReadOnlyList<TrainingSegment> Segments { get; init; }

    /// <summary>What each usable image of the larger set was taken for, in its order.</summary>
    public required IReadOnlyList<PseudoLabel> PseudoLabels { get; init; }

    /// <summary>How good the pseudo-labels are; null where the larger set has no labels to tell.</summary>
    public required PseudoLabelQuality? PseudoLabelQuality { get; init; }

    /// <summary>The classes, in the order of the model's outputs: those of the small set.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>How the head of the small set alone was trained.</summary>
    public required RetrainedHead SmallSetTraining { get; init; }

    /// <summary>The labeled images learned from: the small set's training part.</summary>
    public required ImageDataset TrainingData { get; init; }

    /// <summary>Their number.</summary>
    public int TrainImages => TrainingData.Count;

    /// <summary>The time spent on bottlenecks, in seconds, from reading the files on.</summary>
    public required double SecondsExtracting { get; init; }

    /// <summary>The time from the first training to the combined model, in seconds; the segments are trained side by side.</summary>
    public required double SecondsTraining { get; init; }

    /// <summary>How many bottlenecks came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>How many bottlenecks were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>What the user should know though the result is complete.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>True where training was canceled: the model is the best until then.</summary>
    public required bool Canceled { get; init; }
}
