using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Makes a result of trained steps: calibrates the last head and lets it tell unknown images. Serves one run.</summary>
internal sealed class FineTuningCompletion(TransferSettings settings, FineTuningOptions options, Backbone backbone, ExtractionLog log)
{
    /// <param name="steps">At least one.</param>
    /// <param name="judged">How the last head does on the validation images.</param>
    /// <param name="validation">Those images, over all classes.</param>
    /// <param name="calibration">What the temperature is fitted on: those images, and perhaps more.</param>
    /// <param name="known">What unknown images are to be told from, over all classes.</param>
    /// <param name="trainImages">The images learned from in this run.</param>
    /// <param name="validationImages">The images behind <paramref name="validation"/>.</param>
    /// <param name="earlierImages">The number that the model had learned from before.</param>
    public FineTuningResult Complete(
        IReadOnlyList<FineTuningStep> steps,
        ClassificationMetrics judged,
        LabeledBottlenecks validation,
        LabeledBottlenecks calibration,
        LabeledSplit known,
        ImageDataset trainImages,
        ImageDataset validationImages,
        int earlierImages = 0)
    {
        var head = CombinedHead.Of(steps[^1].Training.Head);
        var calibrated = HeadCalibration.Of(head, calibration, validation, judged, settings.Threads);
        OutOfDistributionDetector? detector = options.FalseRejectRate is { } rate
            ? OutOfDistributionDetector.Fit(known.Train, known.Validation, rate, settings.Threads)
            : null;
        IReadOnlyList<string> classes = validation.ClassNames;
        var result = new EvaluatedImages(validationImages.WithLabels(classes), calibrated.Probabilities);
        TransferModel model = new ModelCompletion(settings, backbone).Complete(
            calibrated.Head,
            classes,
            detector,
            calibrated.Calibration,
            earlierImages > 0 ? "fine-tuning, continued" : "fine-tuning",
            trainImages.Count + earlierImages,
            ("validationImages", ModelCompletion.Text(result.Metrics.Images)),
            ("validationAccuracy", ModelCompletion.Text(result.Metrics.Accuracy)));
        return new FineTuningResult
        {
            Model = model,
            Validation = result,
            Calibration = calibrated.Calibration,
            Steps = steps,
            Classes = classes,
            TrainingData = trainImages,
            SecondsExtracting = log.Seconds,
            CacheHits = log.CacheHits,
            CacheMisses = log.CacheMisses,
            Skipped = log.Skipped,
            Warnings = log.Warnings,
        };
    }
}
