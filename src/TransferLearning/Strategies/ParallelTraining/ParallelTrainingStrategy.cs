using System.Globalization;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models.Descriptions;
using TransferLearning.OutOfDistribution;
using TransferLearning.PseudoLabeling;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>
/// A first model trained on a small labeled set labels a larger one, which is divided into segments; one head is tuned per segment, side by
/// side, and the heads become one model.
/// </summary>
internal sealed class ParallelTrainingStrategy(DataSource small, DataSource larger, ParallelTrainingOptions options)
    : ITransferStrategy<ParallelTrainingResult>
{
    public RetrainingDemands Demands => new() { RowWeights = true };

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (small.TryOpen(settings.Formats, problems) is { } first && DataClasses.Of(first) is { Length: < 2 } classes)
        {
            problems.Add(
                $"'{first.Name}' has labeled images of {(classes.Length == 0 ? "no class" : $"only one class, '{classes[0]}'")}: "
                + "the first model learns from the small set, and needs at least two classes");
        }

        if (larger.TryOpen(settings.Formats, problems) is { } second && options.SegmentBy is { } column
            && !second.Images.Any(i => i.Columns.ContainsKey(column)))
        {
            string[] columns = [.. second.Images.SelectMany(i => i.Columns.Keys).Distinct()];
            problems.Add(
                $"'{second.Name}' has no column '{column}' to divide into segments by: "
                + (columns.Length == 0 ? "columns come from a manifest with a header row" : $"it has {string.Join(", ", columns)}"));
        }

        settings.ValidationData?.TryOpen(settings.Formats, problems);
    }

    public ParallelTrainingResult Run(
        TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var run = new StrategyRun(settings, settings.ResolveBackbone(), progress, cancellationToken);
        PreparedData prepared = run.Prepare(run.Open(small));
        LabeledSplit labeled = prepared.Rows;
        (Extraction unlabeled, string? repeated) = ExtractLarger(run, prepared);

        long start = settings.TimeProvider.GetTimestamp();
        double extracting = run.Extraction.Seconds;
        var training = new SegmentTraining(run, options);
        RetrainedHead alone = training.Train(labeled);
        TunedSegments tuned = Tune(run, training, alone, prepared, unlabeled);
        SegmentCombination combined = tuned.Labels is null
            ? SegmentCombination.OfSmallSet(alone, labeled, run.Threads)
            : SegmentCombination.Of(tuned.Segments, options.Combine, alone, labeled, run.Threads);
        SegmentDivision[] learned = [.. tuned.Divisions.Where((_, i) => combined.KeptSegments.Contains(tuned.Segments[i]))];
        CompletedModel completed = run.Complete(
            new EvaluatedHead
            {
                Head = combined.KeptHead,
                Metrics = combined.KeptMetrics,
                Validation = labeled.Validation,
                ValidationImages = prepared.ValidationImages,
                HeldOut = combined.KeptHeldOut,
                Known = labeled,
                Detector = tuned.Detector,
            },
            options.FalseRejectRate,
            new ModelFacts("parallel training", labeled.Train.Count)
                .TrainedOn(TrainedOn(prepared, unlabeled, learned))
                .Add(FactNames.Combination, options.Combine.ToString())
                .Add(FactNames.PseudoLabeledImages, combined.KeepsSmallSet ? 0 : tuned.Used.Count(u => u)));
        PseudoLabel[] pseudoLabels = tuned.Labels is not { } labels ? [] : [.. unlabeled.Images.Images.Select((image, i) =>
            new PseudoLabel(image.Path, labeled.Train.ClassNames[labels.Labels[i]], labels.Confidence[i], tuned.Used[i])
            {
                IsUnknown = labels.IsUnknown[i],
            })];
        return new ParallelTrainingResult
        {
            Model = completed.Model,
            Validation = completed.Validation,
            Calibration = completed.Calibration,
            SmallSetMetrics = combined.SmallSetMetrics,
            CombinedMetrics = combined.CombinedMetrics,
            KeptSmallSetModel = combined.KeepsSmallSet,
            Segments = tuned.Segments,
            PseudoLabels = pseudoLabels,
            PseudoLabelQuality = PseudoLabelQuality.Measure(pseudoLabels, [.. unlabeled.Images.Images.Select(i => i.Label)]),
            Classes = labeled.Train.ClassNames,
            TrainingData = prepared.TrainImages,
            SmallSetTraining = alone,
            Extraction = run.Extraction,
            SecondsTraining =
                settings.TimeProvider.GetElapsedTime(start).TotalSeconds - (run.Extraction.Seconds - extracting),
            Warnings =
            [
                .. run.Extraction.Warnings,
                .. new[]
                {
                    repeated,
                    UnknownImages(pseudoLabels),
                    combined.Warning,
                    FewImages.OfClasses([prepared.TrainImages, prepared.ValidationImages]),
                }.OfType<string>(),
            ],
            Canceled = alone.Canceled || tuned.Labels is null || completed.Canceled,
        };
    }

    /// <summary>Labels the larger set by the small set's head, and tunes a head per segment.</summary>
    private TunedSegments Tune(
        StrategyRun run, SegmentTraining training, RetrainedHead alone, PreparedData prepared, Extraction unlabeled)
    {
        LabeledSplit labeled = prepared.Rows;
        CancellationToken cancellationToken = run.Context.CancellationToken;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            OutOfDistributionDetector? detector = run.FitDetector(labeled, trainingSetsThreshold: true, options.FalseRejectRate);
            bool[] isUnknown = detector?.FindUnknown(unlabeled.Bottlenecks, run.Threads, cancellationToken)
                ?? new bool[unlabeled.Images.Count];
            PseudoLabels labels =
                PseudoLabeler.Label(alone.Head, labeled.Train, unlabeled.Bottlenecks, isUnknown, run.Threads, cancellationToken);
            bool[] used = PseudoLabelSelection.Select(
                labels, labeled.Train.ClassNames.Count, options.MinConfidence, options.MaxClassRatio);
            IReadOnlyList<SegmentDivision> divisions = AddViews(run, unlabeled, Divide(unlabeled, labels, used, run.Settings));
            int[] groups = ImageDataset.FromImages(prepared.TrainImages.Images.Concat(unlabeled.Images.Images)).InseparableGroups();
            IReadOnlyList<TrainingSegment> segments = training.Train(labeled, divisions, unlabeled.Bottlenecks, labels, groups);
            return new TunedSegments(detector, labels, used, divisions, segments);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return TunedSegments.Canceled;
        }
    }

    /// <summary>Extracts further views of the images that segments learn from. An image that cannot be read any more is left
    /// out.</summary>
    private static IReadOnlyList<SegmentDivision> AddViews(
        StrategyRun run, Extraction unlabeled, IReadOnlyList<SegmentDivision> divisions)
    {
        int[] rows = [.. divisions.SelectMany(d => d.TrainRows)];
        (int[] viewed, TrainingViews? views) = run.ExtractViews(unlabeled.Images.Select(rows));
        if (views is null)
        {
            return divisions;
        }

        var positions = viewed.Index().ToDictionary(v => rows[v.Item], v => v.Index);
        return [.. divisions.Select(Add)];

        SegmentDivision Add(SegmentDivision division)
        {
            int[] learned = Array.FindAll(division.TrainRows, positions.ContainsKey);
            return division with { TrainRows = learned, TrainViews = views.Select(Array.ConvertAll(learned, r => positions[r])) };
        }
    }

    private static string? UnknownImages(PseudoLabel[] labels)
    {
        int count = labels.Count(l => l.IsUnknown);
        return count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of the {labels.Length} images of the larger set seem to belong to none of the classes, and were not learned from");
    }

    private static ImageDataset TrainedOn(PreparedData small, Extraction larger, IReadOnlyList<SegmentDivision> segments) =>
        ImageDataset.FromImages(small.TrainImages.Images.Concat(
            segments.SelectMany(s => s.TrainRows).Select(row => larger.Images.Images[row])));

    /// <summary>The larger set without its test images, and without the images of the small set: the model is evaluated on some of
    /// these, so it must not learn from them.</summary>
    private (Extraction Extraction, string? Repeated) ExtractLarger(StrategyRun run, PreparedData prepared)
    {
        ImageDataset all = run.Open(larger);
        ImageDataset? validation = run.Settings.ValidationData is { } given ? run.Open(given) : null;
        HashSet<ContentKey> known = [.. run.Open(small).ContentKeys(), .. validation?.ContentKeys() ?? []];
        bool[] isKnown = Array.ConvertAll(all.ContentKeys(), known.Contains);
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(i => !isKnown[i] && all.Images[i].Subset != DatasetSubset.Test)];
        if (rows.Length == 0)
        {
            throw new TransferLearningException(
                $"'{all.Name}' has no image but those of the small set or of its own test part: give images that are not in the small set");
        }

        Extraction extraction = run.ExtractAll(all.Select(rows));
        known.UnionWith(prepared.TrainImages.Images.Concat(prepared.ValidationImages.Images).Select(i => i.CopyOf).OfType<ContentKey>());
        int[] kept =
        [
            .. Enumerable.Range(0, extraction.Images.Count)
                .Where(i => extraction.Images.Images[i].CopyOf is not { } picture || !known.Contains(picture)),
        ];
        if (kept.Length == 0)
        {
            throw new TransferLearningException(
                $"'{all.Name}' has no image but near-copies of those of the small set: give images that are not in the small set");
        }

        int repeated = isKnown.Count(k => k) + extraction.Images.Count - kept.Length;
        return (kept.Length == extraction.Images.Count ? extraction : extraction.Select(kept), repeated == 0 ? null
            : $"{repeated} images of '{all.Name}' are in the small set or its validation set too, or near-copies of images there, and were "
                + "left out of the larger one");
    }

    private IReadOnlyList<SegmentDivision> Divide(Extraction unlabeled, PseudoLabels labels, bool[] used, TransferSettings settings)
    {
        if (!used.Contains(true))
        {
            if (!labels.IsUnknown.Contains(false))
            {
                throw new TransferLearningException(
                    $"all {unlabeled.Images.Count} images of '{unlabeled.Images.Name}' seem to belong to none of the classes of the small "
                    + "set: give images of these classes; if they are, label some of them and add them to the small set");
            }

            float highest = labels.Confidence.Where((_, i) => !labels.IsUnknown[i]).Max();
            throw new TransferLearningException(string.Create(
                CultureInfo.InvariantCulture,
                $"no image of '{unlabeled.Images.Name}' is labeled with a confidence of {options.MinConfidence}; the highest is "
                + $"{highest:0.00}: lower ParallelTrainingOptions.MinConfidence, or label more images"));
        }

        double fraction = settings.ValidationFraction ?? TransferSettings.DefaultValidationFraction;
        return SegmentDivision.Divide(unlabeled.Images, labels, used, options, fraction, settings.Seed);
    }
}
