using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>
/// What a cross-validation gives: how good a model from these images is on images that it has not seen, and that model. Immutable.
/// </summary>
public sealed record CrossValidationResult
{
    /// <summary>All folds, repeat by repeat.</summary>
    public required IReadOnlyList<CrossValidationFold> Folds { get; init; }

    /// <summary>For each image, what heads that had not seen it make of it; with likely label errors and the hardest images.</summary>
    public required OutOfFoldPredictions OutOfFold { get; init; }

    /// <summary>
    /// The model trained on all images. <see cref="MeanAccuracy"/> is what to expect of it. Its probabilities have the
    /// temperature of <see cref="Calibration"/>; it tells images of none of the classes.
    /// </summary>
    public required TransferModel Model { get; init; }

    /// <summary>
    /// The temperature of the model's probabilities, fitted on what the heads of all folds and repeats make of images that they had not
    /// seen, and their calibration error before and after: of <see cref="UncalibratedMetrics"/> and <see cref="CalibratedMetrics"/>.
    /// </summary>
    public required Calibration Calibration { get; init; }

    /// <summary>How the heads of the first repeat do on all images, which they had not seen, at temperature 1.</summary>
    public required ClassificationMetrics UncalibratedMetrics { get; init; }

    /// <summary>
    /// The same with a temperature: for each fold, the one that the predictions on the other folds give, so that no image judges what was
    /// fitted on it. Log loss and calibration error are what to expect of <see cref="Model"/>; the accuracy is as without a temperature.
    /// </summary>
    public required ClassificationMetrics CalibratedMetrics { get; init; }

    /// <summary>How the model's head was trained, before the temperature.</summary>
    public required RetrainedHead Training { get; init; }

    /// <summary>The mean of the folds' accuracies, 0..1.</summary>
    public double MeanAccuracy => Folds.Average(f => f.Metrics.Accuracy);

    /// <summary>The sample standard deviation of the folds' accuracies (divisor folds - 1), 0..1.</summary>
    public double StdAccuracy => Deviation(f => f.Metrics.Accuracy);

    /// <summary>The mean of the folds' log losses, at temperature 1, in nats.</summary>
    public double MeanLogLoss => Folds.Average(f => f.Metrics.LogLoss);

    /// <summary>The sample standard deviation of the folds' log losses (divisor folds - 1), in nats.</summary>
    public double StdLogLoss => Deviation(f => f.Metrics.LogLoss);

    /// <summary>The time spent on bottlenecks, in seconds: each image is computed once, whatever the number of folds.</summary>
    public required double SecondsExtracting { get; init; }

    /// <summary>The time spent on training and judging all folds and on the model, in seconds.</summary>
    public required double SecondsTraining { get; init; }

    /// <summary>How many bottlenecks came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>How many bottlenecks were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>What the user should know though the result is complete.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>
    /// Where the accuracy on unseen images lies: the corrected resampled t interval (Nadeau and Bengio, "Inference for the generalization
    /// error", 2003), which allows for the overlap of the folds' training parts.
    /// </summary>
    /// <param name="level">The confidence, 0..1, both exclusive. Default: 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public ConfidenceInterval AccuracyInterval(double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        double testToTrain = Folds.Average(f => (double)f.Metrics.Images / f.TrainImages);
        return ConfidenceInterval.Corrected([.. Folds.Select(f => f.Metrics.Accuracy)], testToTrain, level);
    }

    private double Deviation(Func<CrossValidationFold, double> value)
    {
        double mean = Folds.Average(value);
        return Math.Sqrt(Folds.Sum(f => Math.Pow(value(f) - mean, 2)) / (Folds.Count - 1));
    }
}
