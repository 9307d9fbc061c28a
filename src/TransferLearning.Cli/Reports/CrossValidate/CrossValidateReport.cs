using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Reports.CrossValidate;

/// <summary>What <c>cross-validate --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record CrossValidateReport : StrategyReport
{
    private CrossValidateReport(ExtractionSummary extraction, TransferModel model)
        : base(extraction, model)
    {
    }

    /// <summary>All folds, repeat by repeat.</summary>
    public required IReadOnlyList<CrossValidateFoldReport> Folds { get; init; }

    /// <summary>The share of all images that was classified correctly by heads not trained on them.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean of the folds' accuracies, each fold counting the same.</summary>
    public required double MeanAccuracy { get; init; }

    /// <summary>The 95% confidence interval of <see cref="Accuracy"/>.</summary>
    public required IntervalReport AccuracyInterval { get; init; }

    public required double StdAccuracy { get; init; }

    /// <summary>The lower end of <see cref="AccuracyInterval"/>.</summary>
    public required double LowerAccuracy { get; init; }

    /// <summary>The upper end.</summary>
    public required double UpperAccuracy { get; init; }

    /// <summary>The mean accuracy of the heads alone, where stages of the network were trained too; null otherwise.</summary>
    public required double? MeanAccuracyOfHeads { get; init; }

    public required double MeanLogLoss { get; init; }

    /// <summary>
    /// The calibration error over all images, each predicted by a head not trained on it, at the temperature fitted on the other folds.
    /// </summary>
    public required double Ece { get; init; }

    /// <summary>As <see cref="Ece"/>, at temperature 1.</summary>
    public required double EceBefore { get; init; }

    /// <summary>The temperature of the model trained on all images.</summary>
    public required double Temperature { get; init; }

    public required int Images { get; init; }

    public required int Classes { get; init; }

    /// <summary>The number of images whose labels are probably wrong; <c>--label-errors</c> names them.</summary>
    public required int LabelErrors { get; init; }

    /// <summary>How good the result is, how sure, and what to do next.</summary>
    public required VerdictReport Verdict { get; init; }

    public static CrossValidateReport Of(CrossValidationResult result, Verdict verdict)
    {
        ConfidenceInterval interval = result.AccuracyInterval();
        return new CrossValidateReport(result.Extraction, result.Model)
        {
            Verdict = VerdictReport.Of(verdict),
            Folds =
            [
                .. result.Folds.Select(f => new CrossValidateFoldReport
                {
                    Accuracy = f.Metrics.Accuracy,
                    AccuracyInterval = IntervalReport.Of(f.Metrics),
                    AccuracyOfHead = f.Tuning?.HeadMetrics.Accuracy,
                    LogLoss = f.Metrics.LogLoss,
                    Images = f.Metrics.Images,
                    Group = f.Group,
                }),
            ],
            Accuracy = result.Accuracy,
            MeanAccuracy = result.MeanAccuracy,
            AccuracyInterval = IntervalReport.Of(interval),
            StdAccuracy = result.StdAccuracy,
            LowerAccuracy = interval.Lower,
            UpperAccuracy = interval.Upper,
            MeanAccuracyOfHeads = result.Tuning is null ? null : result.Folds.Average(f => f.Tuning!.HeadMetrics.Accuracy),
            MeanLogLoss = result.MeanLogLoss,
            Ece = result.Calibration.ErrorAfter,
            EceBefore = result.Calibration.ErrorBefore,
            Temperature = result.Calibration.Temperature,
            Images = result.OutOfFold.Images.Count,
            Classes = result.OutOfFold.Images.Labels.Count,
            SecondsTraining = result.SecondsTraining,
            LabelErrors = result.OutOfFold.LabelErrors.Count,
        };
    }
}
