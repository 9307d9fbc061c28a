using System.Text.Json.Serialization;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>What <c>pre-train DATA --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record PreTrainReport : StrategyReport
{
    private PreTrainReport(ExtractionSummary extraction, TransferModel model)
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

    [JsonPropertyName("cancelled")]
    public required bool Canceled { get; init; }

    /// <summary>The training of the whole network; null without <c>--arch</c>.</summary>
    public NetworkTrainingReport? Network { get; init; }

    /// <summary>How good the result is, how sure, and what to do next.</summary>
    public required VerdictReport Verdict { get; init; }

    /// <summary>The effect of smaller weights; null without <c>--weights</c>, or with float32.</summary>
    public WeightsReport? Weights { get; init; }

    public static PreTrainReport Of(PreTrainingResult result, ClassificationMetrics metrics, Verdict verdict) => new(
        result.Extraction, result.Model)
    {
        Verdict = VerdictReport.Of(verdict),
        TrainImages = result.TrainImages,
        ValidationImages = metrics.Images,
        Classes = result.Classes.Count,
        Accuracy = metrics.Accuracy,
        AccuracyInterval = IntervalReport.Of(metrics),
        MacroF1 = metrics.MacroF1,
        LogLoss = metrics.LogLoss,
        Ece = metrics.ExpectedCalibrationError,
        SecondsTraining = result.SecondsTraining,
        Canceled = result.Canceled,
        Network = NetworkTrainingReport.Of(result),
    };
}
