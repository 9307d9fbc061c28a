using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Evaluation;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.CrossValidate;

/// <summary>What <c>cross-validate --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record CrossValidateReport
{
    /// <summary>All folds, repeat by repeat.</summary>
    public required IReadOnlyList<CrossValidateFoldReport> Folds { get; init; }

    public required double MeanAccuracy { get; init; }

    public required double StdAccuracy { get; init; }

    /// <summary>The lower end of the corrected 95% confidence interval.</summary>
    public required double LowerAccuracy { get; init; }

    /// <summary>The upper end.</summary>
    public required double UpperAccuracy { get; init; }

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

    public required double SecondsExtracting { get; init; }

    public required double SecondsTraining { get; init; }

    public required int CacheHits { get; init; }

    public required int CacheMisses { get; init; }

    /// <summary>The number of images whose labels are probably wrong; <c>--label-errors</c> names them.</summary>
    public required int LabelErrors { get; init; }

    /// <summary>The number of images that could not be read; <see cref="SkippedImages"/> names them.</summary>
    public required int Skipped { get; init; }

    public required IReadOnlyList<SkippedImageReport> SkippedImages { get; init; }

    public static CrossValidateReport Of(CrossValidationResult result)
    {
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(result.Skipped);
        ConfidenceInterval interval = result.AccuracyInterval();
        return new CrossValidateReport
        {
            Folds =
            [
                .. result.Folds.Select(f => new CrossValidateFoldReport
                {
                    Accuracy = f.Metrics.Accuracy,
                    LogLoss = f.Metrics.LogLoss,
                    Images = f.Metrics.Images,
                    Group = f.Group,
                }),
            ],
            MeanAccuracy = result.MeanAccuracy,
            StdAccuracy = result.StdAccuracy,
            LowerAccuracy = interval.Lower,
            UpperAccuracy = interval.Upper,
            MeanLogLoss = result.MeanLogLoss,
            Ece = result.Calibration.ErrorAfter,
            EceBefore = result.Calibration.ErrorBefore,
            Temperature = result.Calibration.Temperature,
            Images = result.OutOfFold.Images.Count,
            Classes = result.OutOfFold.Images.Labels.Count,
            SecondsExtracting = result.SecondsExtracting,
            SecondsTraining = result.SecondsTraining,
            CacheHits = result.CacheHits,
            CacheMisses = result.CacheMisses,
            LabelErrors = result.OutOfFold.LabelErrors.Count,
            Skipped = skipped.Count,
            SkippedImages = skipped,
        };
    }
}
