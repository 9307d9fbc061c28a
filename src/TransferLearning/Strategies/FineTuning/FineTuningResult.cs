using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>What fine-tuning gives: the model, and how good it is. Immutable.</summary>
/// <remarks>
/// Thread-safe. The result refers to the images of the data sets and holds no decoded pixels. Dispose of <see cref="Model"/> when it is no
/// longer needed; all else stays valid.
/// </remarks>
public sealed record FineTuningResult
{
    /// <summary>The tuned model.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>
    /// The predictions of the model, with its temperature, for the validation part of the data set that it was last tuned on, image by
    /// image.
    /// </summary>
    public required EvaluatedImages Validation { get; init; }

    /// <summary>How the model does on <see cref="Validation"/>.</summary>
    public ClassificationMetrics Metrics => Validation.Metrics;

    /// <summary>The temperature of the model's probabilities, and their calibration error before and after.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>The rounds of training: one for one data set; two for a small and a larger one, each evaluated on both.</summary>
    public required IReadOnlyList<FineTuningStep> Steps { get; init; }

    /// <summary>What training stages of the network gave; null where only the head was trained, or the run was canceled before.</summary>
    public StageTuningResult? Tuning { get; init; }

    /// <summary>What changed against the model that was continued; null where training began with an untrained head.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>The classes, in the order of the model's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The images that the model learned from, of all data sets together.</summary>
    public required ImageDataset TrainingData { get; init; }

    /// <summary>The number of images in <see cref="TrainingData"/>.</summary>
    public int TrainImages => TrainingData.Count;

    /// <summary>The number of images in <see cref="Validation"/>.</summary>
    public int ValidationImages => Metrics.Images;

    /// <summary>The epochs of the last step, in order.</summary>
    public IReadOnlyList<EpochProgress> History => Steps[^1].Training.History;

    /// <summary>How the bottlenecks of all data sets were obtained: seconds, cache hits and misses, images left out.</summary>
    public required ExtractionSummary Extraction { get; init; }

    /// <summary>The time spent on training, in seconds.</summary>
    public double SecondsTraining => Steps.Sum(s => s.Training.Seconds) + (Tuning?.Seconds ?? 0);

    /// <summary>
    /// What the user should know although the result is complete: the warnings of <see cref="Extraction"/>, classes with fewer than ten
    /// images, and validation images that the model was trained on before it was continued.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Extraction.Warnings,
        .. Tuning?.Warnings ?? [],
        .. new[] { FewImages.OfClasses([TrainingData, Validation.Images]), Continuation?.TrainingOverlap?.Warning }.OfType<string>(),
    ];

    /// <summary>True where training was canceled: the model is the best until then. It is not calibrated, and does not detect images of
    /// none of the classes.</summary>
    public bool Canceled => IsIncomplete || Steps.Any(s => s.Training.Canceled) || Tuning?.Canceled == true;

    /// <summary>True where the run was canceled after the training of the head, before the model had all its parts.</summary>
    internal bool IsIncomplete { get; init; }

    /// <summary>The same, with what training stages gave.</summary>
    /// <param name="tuning">Null where none were trained.</param>
    /// <param name="options">Whether some were to be trained.</param>
    internal FineTuningResult With(StageTuningResult? tuning, FineTuningOptions options) =>
        this with { Tuning = tuning, IsIncomplete = IsIncomplete || (tuning is null && options.UnfrozenStages > 0) };

    internal static FineTuningResult Of(
        CompletedModel completed, IReadOnlyList<FineTuningStep> steps, ImageDataset trainingData, ExtractionSummary extraction) => new()
        {
            Model = completed.Model,
            Validation = completed.Validation,
            Calibration = completed.Calibration,
            Steps = steps,
            Classes = completed.Model.Labels,
            TrainingData = trainingData,
            Extraction = extraction,
            IsIncomplete = completed.Canceled,
        };
}
