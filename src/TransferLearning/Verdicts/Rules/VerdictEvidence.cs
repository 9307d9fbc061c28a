using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Verdicts.Rules;

/// <summary>What rules look at: how a classifier was trained, and how it does. Immutable.</summary>
internal sealed record VerdictEvidence
{
    /// <summary>Which images <see cref="Evaluated"/> holds.</summary>
    public required EvidenceSource Source { get; init; }

    /// <summary>The evaluated images with their predictions.</summary>
    public required EvaluatedImages Evaluated { get; init; }

    /// <summary>0..1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The 95 % interval of <see cref="Accuracy"/>.</summary>
    public required ConfidenceInterval Interval { get; init; }

    /// <summary>The command that did the same.</summary>
    public required RunCommand Command { get; init; }

    /// <summary>The images learned from, where they are known and others than the evaluated ones. Default: null.</summary>
    public ImageDataset? TrainingData { get; init; }

    /// <summary>The accuracy on the training images at the epoch that was kept, 0..1; null where it is not known. Default: null.</summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>The number of evaluated images whose labels are probably wrong. Default: 0.</summary>
    public int SuspectLabels { get; init; }

    /// <summary>The groups of copies on both sides of the division. Default: none.</summary>
    public IReadOnlyList<DuplicateImages> Leaks { get; init; } = [];

    /// <summary>The number of evaluated images that the model was trained on before. Default: 0.</summary>
    public int KnownImages { get; init; }

    /// <summary>The number of evaluated images that seem to be of none of the classes; null where that was not looked at. Default: null.
    /// </summary>
    public int? UnknownImages { get; init; }

    /// <summary>The share of images of the classes that the model's detector flags; null without a detector. Default: null.</summary>
    public double? FalseRejectRate { get; init; }

    /// <summary>The name of the network; null where it is not known. Default: null.</summary>
    public string? Backbone { get; init; }

    /// <summary>Whether the network was chosen by the model that was continued, or trained itself. Default: false.</summary>
    public bool IsNetworkFixed { get; init; }

    /// <summary>Whether stages of the network were trained, or all of it. Default: false.</summary>
    public bool HasTunedStages { get; init; }

    /// <summary>Whether further views of the training images were learned from. Default: false.</summary>
    public bool IsAugmented { get; init; }

    /// <summary>The epochs that training ran, where it ended at their limit while it improved; else null. Default: null.</summary>
    public int? EpochLimit { get; init; }

    /// <summary>The option that sets <see cref="EpochLimit"/>. Default: <c>--epochs</c>.</summary>
    public string EpochOption { get; init; } = "--epochs";

    /// <summary>Whether the training was canceled. Default: false.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>The number of evaluated images.</summary>
    public int Images => Evaluated.Images.Count;

    /// <summary>The share of mistakes, 0..1.</summary>
    public double ErrorShare => 1 - Accuracy;

    /// <summary>Whether the evaluation was part of a training.</summary>
    public bool IsTraining => Source is EvidenceSource.Validation or EvidenceSource.CrossValidation;

    /// <summary>The number of images learned from: in a cross-validation by the model, which learned from all.</summary>
    public int TrainImages => TrainingData?.Count ?? Images;

    /// <summary>The most frequent of the evaluated classes, and its share, 0..1.</summary>
    public (string Name, double Share) Majority
    {
        get
        {
            ClassMetrics most = Evaluated.Metrics.PerClass.MaxBy(c => c.Support)!;
            return (most.Name, (double)most.Support / Images);
        }
    }
}
