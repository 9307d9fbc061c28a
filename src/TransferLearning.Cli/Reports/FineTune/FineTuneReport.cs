using System.Text.Json.Serialization;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Reports.FineTune;

/// <summary>What <c>fine-tune --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record FineTuneReport : StrategyReport
{
    private FineTuneReport(ExtractionSummary extraction, TransferModel model)
        : base(extraction, model)
    {
    }

    public required int TrainImages { get; init; }

    public required int ValidationImages { get; init; }

    public required int Classes { get; init; }

    public required double Accuracy { get; init; }

    public required IntervalReport AccuracyInterval { get; init; }

    public required double MacroF1 { get; init; }

    public required double LogLoss { get; init; }

    public required double Ece { get; init; }

    /// <summary>As <see cref="Ece"/>, at temperature 1.</summary>
    public required double EceBefore { get; init; }

    public required double Temperature { get; init; }

    public required IReadOnlyList<FineTuneStepReport> Steps { get; init; }

    /// <summary>How training changed the model that it continued; null without <c>--from</c>.</summary>
    public required ContinuationReport? Continuation { get; init; }

    /// <summary>What training stages of the network gave; null without <c>--unfreeze</c>.</summary>
    public required StageTuningReport? Tuning { get; init; }

    /// <summary>Whether the user canceled the training; the figures are then those of the best model so far.</summary>
    [JsonPropertyName("cancelled")]
    public required bool Canceled { get; init; }

    /// <summary>How good the result is, how sure, and what to do next.</summary>
    public required VerdictReport Verdict { get; init; }

    /// <summary>The effect of smaller weights; null without <c>--weights</c>, or with float32.</summary>
    public WeightsReport? Weights { get; init; }

    public static FineTuneReport Of(FineTuningResult result, Verdict verdict) => new(result.Extraction, result.Model)
    {
        Verdict = VerdictReport.Of(verdict),
        TrainImages = result.TrainImages,
        ValidationImages = result.ValidationImages,
        Classes = result.Classes.Count,
        Accuracy = result.Metrics.Accuracy,
        AccuracyInterval = IntervalReport.Of(result.Metrics),
        MacroF1 = result.Metrics.MacroF1,
        LogLoss = result.Metrics.LogLoss,
        Ece = result.Metrics.ExpectedCalibrationError,
        EceBefore = result.Calibration.ErrorBefore,
        Temperature = result.Calibration.Temperature,
        SecondsTraining = result.SecondsTraining,
        Steps = [.. result.Steps.Select(Of)],
        Continuation = result.Continuation is { } continuation ? ContinuationReport.Of(continuation) : null,
        Tuning = StageTuningReport.Of(result.Tuning),
        Canceled = result.Canceled,
    };

    private static FineTuneStepReport Of(FineTuningStep step) => new()
    {
        Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(step.Data)),
        TrainImages = step.TrainImages,
        Epochs = step.Training.History.Count,
        BestEpoch = step.Training.BestEpoch,
        Accuracy = step.Metrics.Accuracy,
        AccuracyInterval = IntervalReport.Of(step.Metrics),
        Images = step.Metrics.Images,
        AccuracyOnLarger = step.MetricsOnLarger?.Accuracy,
        AccuracyOnLargerInterval = IntervalReport.Of(step.MetricsOnLarger),
        ImagesOfLarger = step.MetricsOnLarger?.Images,
    };
}
