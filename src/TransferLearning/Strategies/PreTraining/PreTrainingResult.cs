using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>What pre-training gives: a model that can label other data sets (<see cref="TransferModel.Label"/>). Immutable.</summary>
public sealed record PreTrainingResult
{
    /// <summary>The network with its own classifier, or with the head trained on the large data set.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>The classes, in the order of the model's outputs.</summary>
    public IReadOnlyList<string> Classes => Model.Labels;

    /// <summary>How the model does on the data set's validation part; null where the network was taken as it is.</summary>
    public required ClassificationMetrics? Metrics { get; init; }

    /// <summary>The training of the head; null where the network was taken as it is.</summary>
    public required RetrainedHead? Training { get; init; }

    /// <summary>The number of images learned from; 0 where the network was taken as it is.</summary>
    public required int TrainImages { get; init; }

    /// <summary>The number of images that <see cref="Metrics"/> are about.</summary>
    public int ValidationImages => Metrics?.Images ?? 0;

    /// <summary>The time spent on bottlenecks, in seconds, from reading the files on.</summary>
    public required double SecondsExtracting { get; init; }

    /// <summary>The time spent on training, in seconds.</summary>
    public double SecondsTraining => Training?.Seconds ?? 0;

    /// <summary>How many bottlenecks came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>How many bottlenecks were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>What the user should know though the result is complete.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The training of the head in full, for the report; null where the network was taken as it is.</summary>
    internal FineTuningResult? HeadTraining { get; init; }

    /// <summary>True where training was canceled: the model is the best until then.</summary>
    public bool Canceled => Training?.Canceled ?? false;
}
