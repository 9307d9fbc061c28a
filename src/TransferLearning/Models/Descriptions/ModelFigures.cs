using TransferLearning.Evaluation;

namespace TransferLearning.Models;

/// <summary>How well a model did when it was made, as its file says it. Immutable.</summary>
/// <remarks>
/// Thread-safe. A property is null where the file does not say it. Figures on other images are computed by
/// <see cref="TransferModel.Evaluate(Data.ImageDataset, IProgress{int}?, CancellationToken)"/>.
/// </remarks>
public sealed record ModelFigures
{
    /// <summary>The accuracy, 0..1: on validation images, or over all folds of a cross-validation.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The 95 % confidence interval of the accuracy.</summary>
    public ConfidenceInterval? AccuracyInterval { get; init; }

    /// <summary>The number of images that the accuracy was measured on.</summary>
    public int? Images { get; init; }

    /// <summary>The number of folds where the accuracy is that of a cross-validation.</summary>
    public int? Folds { get; init; }

    /// <summary>The expected calibration error of the probabilities, 0..1.</summary>
    public double? CalibrationError { get; init; }

    /// <summary>The share of images of the model's classes that are expected to be rejected as unknown, 0..1.</summary>
    public double? FalseRejectRate { get; init; }
}
