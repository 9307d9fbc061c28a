using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>What pre-training gives: a model that can label other data sets (<see cref="TransferModel.Label"/>). Immutable.</summary>
/// <remarks>Thread-safe. Dispose of <see cref="Model"/> when it is no longer needed; all else stays valid.</remarks>
public sealed record PreTrainingResult
{
    /// <summary>The network with its own classifier, or with the head trained on the large data set; the network that was trained with its
    /// classifier.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>
    /// The network that was trained from random weights, without its classifier: <see cref="Backbone.Save(string)"/> keeps it for later
    /// runs. Null without <see cref="PreTrainingOptions.Architecture"/>.
    /// </summary>
    public required Backbone? Backbone { get; init; }

    /// <summary>The classes, in the order of the model's outputs.</summary>
    public IReadOnlyList<string> Classes => Model.Labels;

    /// <summary>How the model does on the data set's validation part; null where the network was used as it is.</summary>
    public required ClassificationMetrics? Metrics { get; init; }

    /// <summary>
    /// The training of the head, or of the whole network with <see cref="PreTrainingOptions.Architecture"/>; null where the network was
    /// used as it is.
    /// </summary>
    public required RetrainedHead? Training { get; init; }

    /// <summary>The number of images learned from; 0 where the network was used as it is.</summary>
    public required int TrainImages { get; init; }

    /// <summary>The number of images that <see cref="Metrics"/> were computed on; 0 where there are none.</summary>
    public int ValidationImages => Metrics?.Images ?? 0;

    /// <summary>How the bottlenecks were obtained: seconds, cache hits and misses, images left out.</summary>
    public required ExtractionSummary Extraction { get; init; }

    /// <summary>The time spent on training, in seconds.</summary>
    public double SecondsTraining => Training?.Seconds ?? 0;

    /// <summary>
    /// What the user should know although the result is complete: the warnings of <see cref="Extraction"/>, and classes with fewer than ten
    /// images.
    /// </summary>
    public IReadOnlyList<string> Warnings => HeadTraining?.Warnings ?? Extraction.Warnings;

    /// <summary>What was trained from random weights; null where no network was.</summary>
    internal NetworkArchitecture? Architecture { get; init; }

    /// <summary>The teacher of that training; null for none.</summary>
    internal Backbone? Teacher { get; init; }

    /// <summary>The training of the head in full, for the report; null where the network was used as it is.</summary>
    internal FineTuningResult? HeadTraining { get; init; }

    /// <summary>True where training was canceled: the model is the best until then.</summary>
    public bool Canceled => HeadTraining?.Canceled ?? false;
}
