using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies;

/// <summary>A trained head, evaluated on images that it has not learned from: what a model is completed from. Immutable.</summary>
internal sealed record EvaluatedHead
{
    /// <summary>The network with tuned stages, whose features the head is over; null for that of the run. Default: null.</summary>
    public Backbone? Backbone { get; init; }

    /// <summary>The head, at temperature 1.</summary>
    public required CombinedHead Head { get; init; }

    /// <summary>How the head does on <see cref="Validation"/>.</summary>
    public required ClassificationMetrics Metrics { get; init; }

    /// <summary>The validation rows, over all classes.</summary>
    public required LabeledBottlenecks Validation { get; init; }

    /// <summary>The images behind <see cref="Validation"/>.</summary>
    public required ImageDataset ValidationImages { get; init; }

    /// <summary>Predictions that the temperature is fitted on, of heads that had not learned from the images; null for temperature 1.
    /// </summary>
    public required LabeledLogits? HeldOut { get; init; }

    /// <summary>The images that are in distribution, over all classes: the detector is fitted on the training part, and its threshold is
    /// set by the validation part.</summary>
    public required LabeledSplit Known { get; init; }

    /// <summary>
    /// Whether training rows of <see cref="Known"/> set the threshold too, each scored by a detector that was fitted without it: not where
    /// the network has learned from the images, whose features then lie closer to their classes than those of new images, nor where the
    /// rows are no images. Default: true.
    /// </summary>
    public bool TrainingSetsThreshold { get; init; } = true;

    /// <summary>The detector that was fitted on <see cref="Known"/> before; null to fit it. Default: null.</summary>
    public OutOfDistributionDetector? Detector { get; init; }
}
