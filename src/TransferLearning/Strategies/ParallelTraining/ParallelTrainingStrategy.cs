using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>
/// A first model from a small labeled set labels a larger one, which is cut into segments; a head is tuned on each, side by side, and the
/// heads become one model.
/// </summary>
internal sealed class ParallelTrainingStrategy(DataSource small, DataSource larger, ParallelTrainingOptions options)
    : ITransferStrategy<ParallelTrainingResult>
{
    public RetrainingDemands Demands => new() { RowWeights = true };

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (small.TryOpen(settings.Formats, problems) is { } first && DataPreparation.ClassesOf(first) is { Length: < 2 } classes)
        {
            problems.Add(
                $"'{first.Name}' has labeled images of {(classes.Length == 0 ? "no class" : $"only one class, '{classes[0]}'")}: "
                + "the small set teaches the first model, which needs at least two classes");
        }

        if (larger.TryOpen(settings.Formats, problems) is { } second && options.SegmentBy is { } column
            && !second.Images.Any(i => i.Columns.ContainsKey(column)))
        {
            string[] columns = [.. second.Images.SelectMany(i => i.Columns.Keys).Distinct()];
            problems.Add(
                $"'{second.Name}' has no column '{column}' to cut segments by: "
                + (columns.Length == 0 ? "columns come from a manifest with a header row" : $"it has {string.Join(", ", columns)}"));
        }

        settings.ValidationData?.TryOpen(settings.Formats, problems);
    }

    public ParallelTrainingResult Run(
        TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        Backbone backbone = settings.ResolveBackbone();
        var log = new ExtractionLog();
        var preparation = new DataPreparation(settings, backbone, log, progress, cancellationToken);
        Extraction? given = settings.ValidationData is { } data ? preparation.Extract(data.Open(settings.Formats)) : null;
        PreparedData prepared = preparation.Prepare(small.Open(settings.Formats), given);
        LabeledSplit labeled = prepared.Rows;
        (Extraction unlabeled, string? repeated) = ExtractLarger(preparation, settings);

        long start = settings.TimeProvider.GetTimestamp();
        int threads = settings.ThreadCount;
        IReadOnlyList<string> classes = labeled.Train.ClassNames;
        var training = new SegmentTraining(settings, options, progress, cancellationToken);
        RetrainedHead alone = training.Train(labeled);
        PseudoLabels labels = PseudoLabeler.Label(alone.Head, labeled.Train, unlabeled.Bottlenecks, threads);
        bool[] used = PseudoLabelSelection.Select(labels, classes.Count, options.MinConfidence, options.MaxClassRatio);
        IReadOnlyList<SegmentDivision> divisions = Divide(unlabeled, labels, used, settings);
        IReadOnlyList<TrainingSegment> segments = training.Train(labeled, divisions, unlabeled.Bottlenecks, labels);

        CombinedHead combined = CombinedHead.Of(segments, options.Combine), single = CombinedHead.Of(alone.Head);
        ClassificationMetrics smallMetrics = single.Judge(labeled.Validation, threads);
        ClassificationMetrics combinedMetrics = combined.Judge(labeled.Validation, threads);
        bool keepsSmall = combinedMetrics.Accuracy < smallMetrics.Accuracy;
        var calibrated = HeadCalibration.Of(
            keepsSmall ? single : combined,
            labeled.Validation,
            labeled.Validation,
            keepsSmall ? smallMetrics : combinedMetrics,
            threads);
        var validation = new EvaluatedImages(prepared.ValidationImages.WithLabels(classes), calibrated.Probabilities);
        PseudoLabel[] pseudoLabels = [.. unlabeled.Images.Images.Select((image, i) =>
            new PseudoLabel(image.Path, classes[labels.Labels[i]], labels.Confidence[i], used[i]))];
        string? kept = !keepsSmall ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the combined model is right on {combinedMetrics.Accuracy:P1} of the small set's validation images, the small set's own model "
            + $"on {smallMetrics.Accuracy:P1}: the small set's model was kept");
        return new ParallelTrainingResult
        {
            Model = new ModelCompletion(settings, backbone).Complete(
                calibrated.Head,
                classes,
                options.FalseRejectRate is { } rate
                    ? OutOfDistributionDetector.Fit(labeled.Train, labeled.Validation, rate, threads)
                    : null,
                calibrated.Calibration,
                "parallel training",
                labeled.Train.Count,
                ("combination", options.Combine.ToString()),
                ("pseudoLabelledImages", ModelCompletion.Text(keepsSmall ? 0 : used.Count(u => u))),
                ("validationImages", ModelCompletion.Text(validation.Metrics.Images)),
                ("validationAccuracy", ModelCompletion.Text(validation.Metrics.Accuracy))),
            Validation = validation,
            Calibration = calibrated.Calibration,
            SmallSetMetrics = smallMetrics,
            CombinedMetrics = combinedMetrics,
            Segments = segments,
            PseudoLabels = pseudoLabels,
            PseudoLabelQuality = PseudoLabelQuality.Measure(pseudoLabels, [.. unlabeled.Images.Images.Select(i => i.Label)]),
            Classes = classes,
            TrainingData = prepared.TrainImages,
            SmallSetTraining = alone,
            SecondsExtracting = log.Seconds,
            SecondsTraining = settings.TimeProvider.GetElapsedTime(start).TotalSeconds,
            CacheHits = log.CacheHits,
            CacheMisses = log.CacheMisses,
            Skipped = log.Skipped,
            Warnings = [.. log.Warnings, .. new[] { repeated, kept }.OfType<string>()],
            Canceled = alone.Canceled || segments.Any(s => s.Training.Canceled),
        };
    }

    /// <summary>The larger set without its test images, and without those of the small set, which would judge what they taught.</summary>
    private (Extraction Extraction, string? Repeated) ExtractLarger(DataPreparation preparation, TransferSettings settings)
    {
        ImageDataset all = larger.Open(settings.Formats);
        ImageDataset? validation = settings.ValidationData?.Open(settings.Formats);
        HashSet<ContentKey> known = [.. small.Open(settings.Formats).ContentKeys(), .. validation?.ContentKeys() ?? []];
        bool[] isKnown = Array.ConvertAll(all.ContentKeys(), known.Contains);
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(i => !isKnown[i] && all.Images[i].Subset != DatasetSubset.Test)];
        if (rows.Length == 0)
        {
            throw new TransferLearningException(
                $"'{all.Name}' has no image but those of the small set or of its own test part: give images that the small set has not");
        }

        int repeated = isKnown.Count(k => k);
        return (preparation.ExtractAll(all.Select(rows)), repeated == 0 ? null
            : $"{repeated} images of '{all.Name}' are in the small set or its validation set too, and were left out of the larger one");
    }

    private IReadOnlyList<SegmentDivision> Divide(Extraction unlabeled, PseudoLabels labels, bool[] used, TransferSettings settings)
    {
        if (!used.Contains(true))
        {
            throw new TransferLearningException(string.Create(
                CultureInfo.InvariantCulture,
                $"no image of '{unlabeled.Images.Name}' is labeled with a confidence of {options.MinConfidence}; the surest has "
                + $"{labels.Confidence.Max():0.00}: lower ParallelTrainingOptions.MinConfidence, or label more images"));
        }

        double fraction = settings.ValidationFraction ?? TransferSettings.DefaultValidationFraction;
        return SegmentDivision.Divide(unlabeled.Images, labels, used, options, fraction, settings.Seed);
    }
}
