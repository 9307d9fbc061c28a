using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>What fine-tuning gives: the model, and how good it is. Immutable.</summary>
public sealed record FineTuningResult
{
    /// <summary>The tuned model.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>
    /// What the model, with its temperature, makes of the validation part of the data set that it was last tuned on, image by image.
    /// </summary>
    public required EvaluatedImages Validation { get; init; }

    /// <summary>How the model does on <see cref="Validation"/>.</summary>
    public ClassificationMetrics Metrics => Validation.Metrics;

    /// <summary>The temperature of the model's probabilities, and their calibration error before and after.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>The rounds of training: one for one data set; two for a small and a larger one, each judged on both.</summary>
    public required IReadOnlyList<FineTuningStep> Steps { get; init; }

    /// <summary>What going on from a model changed; null where training began anew.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>The classes, in the order of the model's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The images that the model learned from, of all data sets together.</summary>
    public required ImageDataset TrainingData { get; init; }

    /// <summary>Their number.</summary>
    public int TrainImages => TrainingData.Count;

    /// <summary>The number of images that <see cref="Metrics"/> are about.</summary>
    public int ValidationImages => Metrics.Images;

    /// <summary>The epochs of the last step, in order.</summary>
    public IReadOnlyList<EpochProgress> History => Steps[^1].Training.History;

    /// <summary>The time spent on bottlenecks, in seconds, from reading the files on.</summary>
    public required double SecondsExtracting { get; init; }

    /// <summary>The time spent on training, in seconds.</summary>
    public double SecondsTraining => Steps.Sum(s => s.Training.Seconds);

    /// <summary>How many bottlenecks came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>How many bottlenecks were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>What the user should know though the result is complete.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>True where training was canceled: the model is the best until then.</summary>
    public bool Canceled => Steps.Any(s => s.Training.Canceled);
}
