using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Compare;

/// <summary>How one of two models does.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Accuracy">0..1.</param>
/// <param name="AccuracyInterval">The 95 % interval of the accuracy.</param>
/// <param name="MacroF1">0..1.</param>
/// <param name="LogLoss">In nats.</param>
/// <param name="Ece">The expected calibration error, 0..1.</param>
/// <param name="TrainingImages">The number of images that it was trained on; null where it does not keep them.</param>
/// <param name="TrainingImagesChecked">The number of images that were looked up for that.</param>
internal sealed record ComparedModelReport(
    string Path,
    double Accuracy,
    IntervalReport AccuracyInterval,
    double MacroF1,
    double LogLoss,
    double Ece,
    int? TrainingImages,
    int? TrainingImagesChecked)
{
    public static ComparedModelReport Of(string path, ModelEvaluation evaluation) => new(
        path,
        evaluation.Metrics.Accuracy,
        IntervalReport.Of(evaluation.Metrics),
        evaluation.Metrics.MacroF1,
        evaluation.Metrics.LogLoss,
        evaluation.Metrics.ExpectedCalibrationError,
        evaluation.TrainingOverlap?.Found,
        evaluation.TrainingOverlap?.Compared);
}
