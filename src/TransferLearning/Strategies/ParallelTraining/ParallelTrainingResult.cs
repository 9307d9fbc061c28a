using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Strategies;

/// <summary>What parallel training gives: the model, and how it compares with the one of the small set. Immutable.</summary>
/// <remarks>
/// Thread-safe. The result refers to the images of the data sets and holds no decoded pixels. Dispose of <see cref="Model"/> when it is no
/// longer needed; all else stays valid.
/// </remarks>
public sealed record ParallelTrainingResult
{
    /// <summary>The combined model; the small set's where <see cref="KeptSmallSetModel"/>.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>The predictions of <see cref="Model"/>, with its temperature, for the small set's validation part, image by
    /// image.</summary>
    public required EvaluatedImages Validation { get; init; }

    /// <summary>How <see cref="Model"/> does on <see cref="Validation"/>.</summary>
    public ClassificationMetrics Metrics => Validation.Metrics;

    /// <summary>
    /// The temperature of the model's probabilities, and their calibration error on <see cref="Validation"/> before and after.
    /// </summary>
    public required Calibration Calibration { get; init; }

    /// <summary>How the model of the small set alone does on the small set's validation part, at temperature 1.</summary>
    public required ClassificationMetrics SmallSetMetrics { get; init; }

    /// <summary>How the combined model does on the small set's validation part, at temperature 1.</summary>
    public required ClassificationMetrics CombinedMetrics { get; init; }

    /// <summary>
    /// True where the small set's own model is the result, because the combined model does worse on the small set's training images. Each
    /// of these is predicted by heads that have not learned from it; the validation part takes no part in the choice. Also true where the
    /// run was canceled before all segments were trained.
    /// </summary>
    public required bool KeptSmallSetModel { get; init; }

    /// <summary>The segments, each with its head; empty where the run was canceled before all of them were trained.</summary>
    public required IReadOnlyList<TrainingSegment> Segments { get; init; }

    /// <summary>The class predicted for each usable image of the larger set, in its order; empty where <see cref="Segments"/> is.</summary>
    public required IReadOnlyList<PseudoLabel> PseudoLabels { get; init; }

    /// <summary>How good the pseudo-labels are; null where the larger set has no labels to compare with.</summary>
    public required PseudoLabelQuality? PseudoLabelQuality { get; init; }

    /// <summary>The classes, in the order of the model's outputs: those of the small set.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>How the head of the small set alone was trained.</summary>
    public required RetrainedHead SmallSetTraining { get; init; }

    /// <summary>The labeled images learned from: the small set's training part.</summary>
    public required ImageDataset TrainingData { get; init; }

    /// <summary>The number of images in <see cref="TrainingData"/>.</summary>
    public int TrainImages => TrainingData.Count;

    /// <summary>How the bottlenecks of both data sets were obtained: seconds, cache hits and misses, images left out.</summary>
    public required ExtractionSummary Extraction { get; init; }

    /// <summary>The time from the first training to the combined model, in seconds; the segments are trained side by side.</summary>
    public required double SecondsTraining { get; init; }

    /// <summary>
    /// What the user should know although the result is complete: the warnings of <see cref="Extraction"/>, images that are in both data
    /// sets, that the small set's model was kept, and classes with fewer than ten images in the small set.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>True where training was canceled: the model is the best until then (see <see cref="FineTuningResult.Canceled"/>).</summary>
    public required bool Canceled { get; init; }
}
