using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Files;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Info;

/// <summary>What <c>info --json</c> writes. A field is null where the model file does not say it.</summary>
internal sealed record InfoReport
{
    public required string Path { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required string? Backbone { get; init; }

    public required string? BackboneFingerprint { get; init; }

    public required int? Features { get; init; }

    public required InfoPreprocessingReport Preprocessing { get; init; }

    public required InfoTrainingReport Training { get; init; }

    /// <summary>The accuracy when the model was made, 0..1.</summary>
    public required double? Accuracy { get; init; }

    public required IntervalReport? AccuracyInterval { get; init; }

    /// <summary>The number of images that the accuracy was measured on.</summary>
    public required int? AccuracyImages { get; init; }

    /// <summary>The number of folds of a cross-validation; null where the accuracy is that of validation images.</summary>
    public required int? Folds { get; init; }

    public required double? CalibrationError { get; init; }

    public required bool DetectsUnknown { get; init; }

    /// <summary>The share of images of the classes that are expected to be rejected wrongly.</summary>
    public required double? FalseRejectRate { get; init; }

    /// <summary>The number of hashes of training images.</summary>
    public required int? TrainingHashes { get; init; }

    public required InfoWeightsReport Weights { get; init; }

    public required string? LibraryVersion { get; init; }

    public required int FormatVersion { get; init; }

    public required DateTimeOffset? Created { get; init; }

    /// <summary>All facts of the file by name.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    public static InfoReport Of(ModelDescription model) => new()
    {
        Path = model.File!.Path,
        Bytes = model.File.Bytes,
        Sha256 = model.File.Sha256,
        Labels = model.Labels,
        Backbone = model.Backbone,
        BackboneFingerprint = model.BackboneFingerprint,
        Features = model.Features,
        Preprocessing = InfoPreprocessingReport.Of(model),
        Training = InfoTrainingReport.Of(model.Training),
        Accuracy = model.Figures.Accuracy,
        AccuracyInterval = model.Figures.AccuracyInterval is { } interval ? IntervalReport.Of(interval) : null,
        AccuracyImages = model.Figures.Images,
        Folds = model.Figures.Folds,
        CalibrationError = model.Figures.CalibrationError,
        DetectsUnknown = model.DetectsUnknown,
        FalseRejectRate = model.Figures.FalseRejectRate,
        TrainingHashes = model.TrainingHashes,
        Weights = new InfoWeightsReport(model.Weights, model.StoredAs?.ToString().ToLowerInvariant(), model.WeightsLicense),
        LibraryVersion = model.LibraryVersion,
        FormatVersion = model.FormatVersion,
        Created = model.Created,
        Facts = model.Facts,
    };
}
