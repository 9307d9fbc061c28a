using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Strategies.CrossValidation;

namespace TransferLearning.Strategies;

/// <summary>
/// What a cross-validation gives: how good a model trained on these images is on images that it has not seen, and that model. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. The result refers to the images of the data sets and holds no decoded pixels. Dispose of <see cref="Model"/> when it is no
/// longer needed; all else stays valid.
/// </remarks>
public sealed record CrossValidationResult
{
    /// <summary>All folds, repeat by repeat.</summary>
    public required IReadOnlyList<CrossValidationFold> Folds { get; init; }

    /// <summary>For each image, the predictions of heads that had not seen it; with likely label errors and the hardest images.</summary>
    public required OutOfFoldPredictions OutOfFold { get; init; }

    /// <summary>
    /// The model trained on all images. <see cref="MeanAccuracy"/> is what to expect of it. Its probabilities have the temperature of
    /// <see cref="Calibration"/>; it detects out-of-distribution images.
    /// </summary>
    public required TransferModel Model { get; init; }

    /// <summary>
    /// The temperature of the model's probabilities, fitted on the predictions of the heads of all folds and repeats for images that they
    /// had not seen, and their calibration error before and after: of <see cref="UncalibratedMetrics"/> and
    /// <see cref="CalibratedMetrics"/>.
    /// </summary>
    public required Calibration Calibration { get; init; }

    /// <summary>How the heads of the first repeat do on all images, which they had not seen, at temperature 1.</summary>
    public required ClassificationMetrics UncalibratedMetrics { get; init; }

    /// <summary>
    /// The same with a temperature: for each fold, the one fitted on the predictions for the other folds, so that no temperature is
    /// evaluated on images that it was fitted on. Log loss and calibration error are what to expect of <see cref="Model"/>; the accuracy is
    /// as without a temperature.
    /// </summary>
    public required ClassificationMetrics CalibratedMetrics { get; init; }

    /// <summary>How the model's head was trained, before the temperature.</summary>
    public required RetrainedHead Training { get; init; }

    /// <summary>
    /// The share of images that heads classify correctly which were not trained on them, 0..1: over all folds together, and the mean over
    /// the repeats. It is what to expect of <see cref="Model"/> on new images; <see cref="AccuracyInterval"/> is its interval.
    /// </summary>
    public double Accuracy => PooledAccuracy.Of(Folds);

    /// <summary>The mean of the folds' accuracies, 0..1, each fold counting the same; <see cref="Accuracy"/> counts each image the same.
    /// </summary>
    public double MeanAccuracy => Folds.Average(f => f.Metrics.Accuracy);

    /// <summary>The sample standard deviation of the folds' accuracies (divisor folds - 1), 0..1.</summary>
    public double StdAccuracy => Deviation(f => f.Metrics.Accuracy);

    /// <summary>The mean of the folds' log losses, at temperature 1, in nats.</summary>
    public double MeanLogLoss => Folds.Average(f => f.Metrics.LogLoss);

    /// <summary>The sample standard deviation of the folds' log losses (divisor folds - 1), in nats.</summary>
    public double StdLogLoss => Deviation(f => f.Metrics.LogLoss);

    /// <summary>
    /// How the bottlenecks were obtained: seconds, cache hits and misses, images left out. Each image is computed once, whatever the
    /// number of folds.
    /// </summary>
    public required ExtractionSummary Extraction { get; init; }

    /// <summary>The time spent on training and evaluating all folds and on the model, in seconds.</summary>
    public required double SecondsTraining { get; init; }

    /// <summary>
    /// What the user should know although the result is complete: the warnings of <see cref="Extraction"/>, classes whose images all fall
    /// into one fold, and classes with fewer than ten images.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What training stages of the network on all images gave, for the model; null where only heads were trained. That of each
    /// fold is in <see cref="CrossValidationFold.Tuning"/>.</summary>
    public StageTuningResult? Tuning { get; init; }

    /// <summary>The networks and heads of <see cref="Folds"/>, each trained on the other folds of its repeat.</summary>
    internal IReadOnlyList<(Backbone Backbone, LinearHead Head)> FoldNetworks { get; init; } = [];

    /// <summary>
    /// A confidence interval of <see cref="Accuracy"/>: how accurate is the model, trained on all images, on new images like these? It is
    /// the score interval (Wilson, 1927) over all images, each predicted by a head that was not trained on it. That the folds share most of
    /// their training images does not make it too narrow where heads change little with single images, as these do (Bayle et al.,
    /// "Cross-validation confidence intervals for test error", 2020). Repeats do not narrow it: the images stay the same.
    /// </summary>
    /// <remarks>
    /// Where images have groups (<see cref="LabeledImage.Group"/>), it is wider, as new images are of new groups: the images count as
    /// fewer, by how much more the groups differ than chance explains (Rao and Scott, "A simple method for the analysis of clustered binary
    /// data", 1992). It takes no account of how the model would differ with entirely other training images.
    /// </remarks>
    /// <param name="level">The confidence, 0..1, both exclusive. Default: 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public ConfidenceInterval AccuracyInterval(double level = 0.95) => PooledAccuracy.Interval(Folds, OutOfFold, level);

    private double Deviation(Func<CrossValidationFold, double> value)
    {
        double mean = Folds.Average(value);
        return Math.Sqrt(Folds.Sum(f => Math.Pow(value(f) - mean, 2)) / (Folds.Count - 1));
    }
}
