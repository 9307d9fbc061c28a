using System.Text.Json.Serialization;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Reports.ParallelTrain;

/// <summary>What <c>parallel-train --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record ParallelTrainReport : StrategyReport
{
    private ParallelTrainReport(ExtractionSummary extraction, TransferModel model)
        : base(extraction, model)
    {
    }

    public required IReadOnlyList<SegmentReport> Segments { get; init; }

    /// <summary>The small-set model's accuracy; all accuracies here are on the small set's validation part.</summary>
    public required double SmallSetAccuracy { get; init; }

    public required IntervalReport SmallSetAccuracyInterval { get; init; }

    public required double CombinedAccuracy { get; init; }

    public required IntervalReport CombinedAccuracyInterval { get; init; }

    /// <summary>Whether the small-set model was saved because the combined one was less accurate.</summary>
    public required bool KeptSmallSetModel { get; init; }

    /// <summary>The calibration error of the model that was saved.</summary>
    public required double Ece { get; init; }

    /// <summary>As <see cref="Ece"/>, at temperature 1.</summary>
    public required double EceBefore { get; init; }

    public required double Temperature { get; init; }

    public required int TrainImages { get; init; }

    public required int ValidationImages { get; init; }

    public required int Classes { get; init; }

    [JsonPropertyName("pseudoLabelledImages")]
    public required int PseudoLabeledImages { get; init; }

    /// <summary>The images of the larger set that seem to belong to none of the classes, which were not learned from.</summary>
    public required int UnknownImages { get; init; }

    /// <summary>Null where the larger set has no labels to compare with.</summary>
    public required PseudoLabelReport? PseudoLabels { get; init; }

    [JsonPropertyName("cancelled")]
    public required bool Canceled { get; init; }

    /// <summary>How good the result is, how sure, and what to do next.</summary>
    public required VerdictReport Verdict { get; init; }

    /// <summary>The effect of smaller weights; null without <c>--weights</c>, or with float32.</summary>
    public WeightsReport? Weights { get; init; }

    public static ParallelTrainReport Of(ParallelTrainingResult result, Verdict verdict) => new(result.Extraction, result.Model)
    {
        Verdict = VerdictReport.Of(verdict),
        Segments = [.. result.Segments.Select(SegmentReport.Of)],
        SmallSetAccuracy = result.SmallSetMetrics.Accuracy,
        SmallSetAccuracyInterval = IntervalReport.Of(result.SmallSetMetrics),
        CombinedAccuracy = result.CombinedMetrics.Accuracy,
        CombinedAccuracyInterval = IntervalReport.Of(result.CombinedMetrics),
        KeptSmallSetModel = result.KeptSmallSetModel,
        Ece = result.Calibration.ErrorAfter,
        EceBefore = result.Calibration.ErrorBefore,
        Temperature = result.Calibration.Temperature,
        TrainImages = result.TrainImages,
        ValidationImages = result.Metrics.Images,
        Classes = result.Classes.Count,
        PseudoLabeledImages = result.PseudoLabels.Count(l => l.Used),
        UnknownImages = result.PseudoLabels.Count(l => l.IsUnknown),
        PseudoLabels = result.PseudoLabelQuality is { } quality ? PseudoLabelReport.Of(quality) : null,
        SecondsTraining = result.SecondsTraining,
        Canceled = result.Canceled,
    };
}
