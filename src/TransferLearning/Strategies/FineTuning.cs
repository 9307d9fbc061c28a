using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.Retraining;
using TransferLearning.Unknowns;

namespace TransferLearning.Strategies;

/// <summary>Retrains the head on one data set; or on a small one and then, from there, on a larger one.</summary>
internal sealed class FineTuning(DataSource data, DataSource? tuneOn, FineTuningOptions options) : ITransferStrategy<FineTuningResult>
{
    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (data.TryOpen(problems) is { } first && DataPreparation.ClassesOf(first) is { Length: < 2 } classes)
        {
            problems.Add(classes.Length == 0
                ? $"'{first.Name}' has no labelled image: expected a folder with a folder a class, or a manifest with labels"
                : $"'{first.Name}' has only one class, '{classes[0]}': expected at least two, a folder each");
        }

        if (tuneOn?.TryOpen(problems) is { } larger && DataPreparation.ClassesOf(larger).Length == 0)
        {
            problems.Add($"'{larger.Name}' has no labelled image: expected a folder with a folder a class, or a manifest with labels");
        }

        settings.ValidationData?.TryOpen(problems);
    }

    public FineTuningResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        Backbone backbone = settings.Backbone ?? Backbones.Backbones.Compact;
        var log = new ExtractionLog();
        var preparation = new DataPreparation(settings, backbone, log, progress, cancellationToken);
        Extraction? validation = settings.ValidationData is { } given ? preparation.Extract(given.Data) : null;
        PreparedData first = preparation.Prepare(data.Data, validation);
        PreparedData? larger = tuneOn is null ? null : preparation.Prepare(tuneOn.Data, validation);

        var training = new HeadTraining(settings, options, progress, cancellationToken);
        IReadOnlyList<FineTuningStep> steps = 
            larger is null ? [training.Train(first.Rows)] : training.Train(first.Rows, larger.Rows);
        IReadOnlyList<string> classes = steps[^1].Metrics.ClassNames;
        LabeledBottlenecks judging = HeadClasses.Expand((larger ?? first).Rows.Validation, classes);
        HeadCalibration calibrated = HeadCalibration.Of(
            steps[^1].Training.Head, judging, steps[^1].MetricsOnLarger ?? steps[^1].Metrics, settings.Threads);
        LabeledSplit last =
            larger is null ? first.Rows : HeadTraining.WithMissingClasses(larger.Rows, first.Rows, [.. classes]);
        UnknownDetector? detector = options.FalseRejectRate is { } rate
            ? UnknownDetector.Fit(last.Train, last.Validation, rate, settings.Threads)
            : null;
        var judged = new JudgedImages((larger ?? first).ValidationImages.WithLabels(classes), calibrated.Probabilities);
        ImageDataset trained = larger is null
            ? first.TrainImages
            : ImageDataset.FromImages(first.TrainImages.Images.Concat(larger.TrainImages.Images));
        ModelOrigin origin = Origin(settings, backbone, trained.Count, judged.Metrics, calibrated.Calibration);
        var model = new TransferModel(backbone, calibrated.Head, classes, origin);
        return new FineTuningResult
        {
            Model = detector is null ? model : model.With(detector),
            Validation = judged,
            Calibration = calibrated.Calibration,
            Steps = steps,
            Classes = classes,
            TrainingData = trained,
            SecondsExtracting = log.Seconds,
            CacheHits = log.CacheHits,
            CacheMisses = log.CacheMisses,
            Skipped = log.Skipped,
            Warnings = log.Warnings,
        };
    }

    private static ModelOrigin Origin(
        TransferSettings settings, Backbone backbone, int trainImages, ClassificationMetrics metrics, Calibration calibration) => new()
        {
            Backbone = backbone.Name,
            Created = settings.TimeProvider.GetUtcNow(),
            Facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["strategy"] = "fine-tuning",
                ["trainImages"] = trainImages.ToString(CultureInfo.InvariantCulture),
                ["validationImages"] = metrics.Images.ToString(CultureInfo.InvariantCulture),
                ["validationAccuracy"] = metrics.Accuracy.ToString("F4", CultureInfo.InvariantCulture),
                ["temperature"] = calibration.Temperature.ToString("F4", CultureInfo.InvariantCulture),
                ["calibrationErrorBefore"] = calibration.ErrorBefore.ToString("F4", CultureInfo.InvariantCulture),
                ["calibrationErrorAfter"] = calibration.ErrorAfter.ToString("F4", CultureInfo.InvariantCulture),
                ["seed"] = settings.Seed.ToString(CultureInfo.InvariantCulture),
            },
        };
}
