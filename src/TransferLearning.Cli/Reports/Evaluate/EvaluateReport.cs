using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Evaluate;

/// <summary>What <c>evaluate --json</c> writes.</summary>
internal sealed record EvaluateReport
{
    public required int Images { get; init; }

    public required double Accuracy { get; init; }

    public required IntervalReport AccuracyInterval { get; init; }

    /// <summary>The number of images that the model was trained on; null where the model does not keep them.</summary>
    public required int? TrainingImages { get; init; }

    /// <summary>The number of images that were looked up for <see cref="TrainingImages"/>.</summary>
    public required int? TrainingImagesChecked { get; init; }

    public required double Top5 { get; init; }

    public required double MacroF1 { get; init; }

    public required double LogLoss { get; init; }

    public required double Ece { get; init; }

    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public static EvaluateReport Of(ModelEvaluation evaluation) => new()
    {
        Images = evaluation.Metrics.Images,
        Accuracy = evaluation.Metrics.Accuracy,
        AccuracyInterval = IntervalReport.Of(evaluation.Metrics),
        TrainingImages = evaluation.TrainingOverlap?.Found,
        TrainingImagesChecked = evaluation.TrainingOverlap?.Compared,
        Top5 = evaluation.Metrics.Top5Accuracy,
        MacroF1 = evaluation.Metrics.MacroF1,
        LogLoss = evaluation.Metrics.LogLoss,
        Ece = evaluation.Metrics.ExpectedCalibrationError,
        Skipped = evaluation.Skipped.Count,
        SkippedImages = SkippedImageReport.Of(evaluation.Skipped),
    };
}
