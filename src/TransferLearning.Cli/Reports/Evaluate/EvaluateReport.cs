using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Models;
using TransferLearning.Verdicts;

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

    /// <summary>The number of images that seem to be of none of the classes; null where the model does not detect them.</summary>
    public required int? UnknownImages { get; init; }

    /// <summary>How good the result is, how sure, and what to do next.</summary>
    public required VerdictReport Verdict { get; init; }

    public static EvaluateReport Of(ModelEvaluation evaluation, Verdict verdict) => new()
    {
        Verdict = VerdictReport.Of(verdict),
        UnknownImages = evaluation.UnknownImages,
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
