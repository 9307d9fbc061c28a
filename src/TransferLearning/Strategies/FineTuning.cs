using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
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
        LabeledSplit first = preparation.Prepare(data.Data, validation);
        LabeledSplit? larger = tuneOn is null ? null : preparation.Prepare(tuneOn.Data, validation);

        var training = new HeadTraining(settings, options, progress, cancellationToken);
        IReadOnlyList<FineTuningStep> steps = larger is null ? [training.Train(first)] : training.Train(first, larger);
        IReadOnlyList<string> classes = steps[^1].Metrics.ClassNames;
        LabeledBottlenecks judging = HeadClasses.Expand((larger ?? first).Validation, classes);
        HeadCalibration calibrated = HeadCalibration.Of(
            steps[^1].Training.Head, judging, steps[^1].MetricsOnLarger ?? steps[^1].Metrics, settings.Threads);
        LabeledSplit last = larger is null ? first : HeadTraining.WithMissingClasses(larger, first, [.. classes]);
        UnknownDetector? detector = options.FalseRejectRate is { } rate
            ? UnknownDetector.Fit(last.Train, last.Validation, rate, settings.Threads)
            : null;
        int trainImages = first.Train.Count + (larger?.Train.Count ?? 0);
        var model = new TransferModel(backbone, calibrated.Head, classes, Origin(settings, backbone, trainImages, calibrated));
        return new FineTuningResult
        {
            Model = detector is null ? model : model.With(detector),
            Metrics = calibrated.Metrics,
            Calibration = calibrated.Calibration,
            Steps = steps,
            Classes = classes,
            TrainImages = trainImages,
            SecondsExtracting = log.Seconds,
            CacheHits = log.CacheHits,
            CacheMisses = log.CacheMisses,
            Skipped = log.Skipped,
            Warnings = log.Warnings,
        };
    }

    private static ModelOrigin Origin(TransferSettings settings, Backbone backbone, int trainImages, HeadCalibration calibrated) => new()
    {
        Backbone = backbone.Name,
        Created = settings.TimeProvider.GetUtcNow(),
        Facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["strategy"] = "fine-tuning",
            ["trainImages"] = trainImages.ToString(CultureInfo.InvariantCulture),
            ["validationImages"] = calibrated.Metrics.Images.ToString(CultureInfo.InvariantCulture),
            ["validationAccuracy"] = calibrated.Metrics.Accuracy.ToString("F4", CultureInfo.InvariantCulture),
            ["temperature"] = calibrated.Calibration.Temperature.ToString("F4", CultureInfo.InvariantCulture),
            ["calibrationErrorBefore"] = calibrated.Calibration.ErrorBefore.ToString("F4", CultureInfo.InvariantCulture),
            ["calibrationErrorAfter"] = calibrated.Calibration.ErrorAfter.ToString("F4", CultureInfo.InvariantCulture),
            ["seed"] = settings.Seed.ToString(CultureInfo.InvariantCulture),
        },
    };
}
