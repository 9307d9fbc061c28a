using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Predict;

/// <summary>What <c>predict --json</c> writes.</summary>
internal sealed record PredictReport
{
    public required IReadOnlyList<PredictionReport> Predictions { get; init; }

    /// <summary>
    /// The number of images with a label that the model knows; 0 where no option says that the data has labels. All figures about labels
    /// are then null.
    /// </summary>
    public required int LabeledImages { get; init; }

    public required double? Accuracy { get; init; }

    public required IntervalReport? AccuracyInterval { get; init; }

    /// <summary>The number of labeled images that the model was trained on; null where the model does not keep them.</summary>
    public required int? TrainingImages { get; init; }

    /// <summary>The number of images that were looked up for <see cref="TrainingImages"/>.</summary>
    public required int? TrainingImagesChecked { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }
}
