using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Data.Splits;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>Trains on all folds but one and judges on that one, each in turn; then trains on all.</summary>
internal sealed class CrossValidationStrategy(DataSource data, CrossValidationOptions options) : ITransferStrategy<CrossValidationResult>
{
    public RetrainingDemands Demands => RetrainingDemands.None;

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (settings.ValidationFraction is not null || settings.ValidationData is not null)
        {
            problems.Add("WithValidation is set, but cross-validation judges by its folds: leave it out, or use FineTune");
        }

        if (data.TryOpen(settings.Formats, problems) is not { } opened || TryGroup(opened, problems) is not { } images)
        {
            return;
        }

        string[] classes = DataPreparation.ClassesOf(images);
        if (classes.Length < 2)
        {
            problems.Add(classes.Length == 0
                ? $"'{images.Name}' has no labeled image: expected a folder with a folder a class, or a manifest with labels"
                : $"'{images.Name}' has only one class, '{classes[0]}': expected at least two, a folder each");
        }

        if (options.Scheme == CrossValidationScheme.LeaveOneGroupOut)
        {
            CheckGroups(images, problems);
        }
    }

    public CrossValidationResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        Backbone backbone = settings.ResolveBackbone();
        var log = new ExtractionLog();
        ImageDataset all = Grouped(data.Open(settings.Formats));
        var preparation = new DataPreparation(settings, backbone, log, progress, cancellationToken);
        (ImageDataset images, LabeledBottlenecks bottlenecks) = preparation.PrepareWhole(all);

        long began = settings.TimeProvider.GetTimestamp();
        int[] inseparable = images.InseparableGroups();
        FoldDivision[] divisions = FoldDivision.Divide(images, inseparable, options, settings.Seed);
        int done = 0, total = divisions.Sum(d => d.Folds);
        var training = new FoldTraining(settings, bottlenecks, inseparable, cancellationToken);
        TrainedFold[] folds = training.Train(divisions, () => progress?.Report(new TransferProgress
        {
            Stage = TransferStage.CrossValidating,
            Data = all.Name,
            Done = Interlocked.Increment(ref done),
            Total = total,
        }));
        RetrainedHead head = training.TrainOnAll(folds);
        int threads = settings.ThreadCount;
        var calibrated = OutOfFoldCalibration.Of(bottlenecks, folds, threads);
        double seconds = settings.TimeProvider.GetElapsedTime(began).TotalSeconds;
        CrossValidationFold[] judged = [.. folds.Select(f => f.Fold)];
        var calibration = new Calibration(
            calibrated.Temperature, calibrated.Before.ExpectedCalibrationError, calibrated.After.ExpectedCalibrationError);
        return new CrossValidationResult
        {
            Folds = judged,
            OutOfFold = OutOfFoldPredictions.Of(images, divisions[0].FoldOf, folds, divisions.Length),
            Model = new ModelCompletion(settings, backbone).Complete(
                CombinedHead.Of(head.Head).Divide(calibrated.Temperature),
                bottlenecks.ClassNames,
                options.FalseRejectRate is { } rate
                    ? OutOfDistributionDetector.Fit(bottlenecks, divisions[0].FoldOf, rate, settings.Threads)
                    : null,
                calibration,
                "cross-validation",
                images.Count,
                ("folds", ModelCompletion.Text(judged.Length)),
                ("meanAccuracy", ModelCompletion.Text(judged.Average(f => f.Metrics.Accuracy)))),
            Training = head,
            Calibration = calibration,
            UncalibratedMetrics = calibrated.Before,
            CalibratedMetrics = calibrated.After,
            SecondsExtracting = log.Seconds,
            SecondsTraining = seconds,
            CacheHits = log.CacheHits,
            CacheMisses = log.CacheMisses,
            Skipped = log.Skipped,
            Warnings = [.. log.Warnings, .. ClassesInOnePiece(bottlenecks, inseparable)],
        };
    }

    private static void CheckGroups(ImageDataset images, List<string> problems)
    {
        LabeledImage[] labeled = [.. images.Images.Where(i => i.Label is not null)];
        LabeledImage[] without = [.. labeled.Where(i => i.Group is null)];
        if (without.Length > 0)
        {
            problems.Add(
                $"{without.Length} of {labeled.Length} images of '{images.Name}' have no group, the first is '{without[0].Path}': "
                + "leaving one group out needs a group for each, from a column of a manifest");
        }
        else if (labeled.Select(i => i.Group).Distinct().Count() is 1)
        {
            problems.Add($"all images of '{images.Name}' are in one group, '{labeled[0].Group}': expected at least two");
        }
    }

    /// <summary>What the user should know: such a class is judged only by heads that do not know it.</summary>
    private static IEnumerable<string> ClassesInOnePiece(LabeledBottlenecks data, int[] inseparable)
    {
        int[] labels = data.Labels.ToArray();
        return labels.Zip(inseparable).GroupBy(p => p.First, p => p.Second).Where(c => c.Distinct().Count() == 1).OrderBy(c => c.Key)
            .Select(c => $"the class '{data.ClassNames[c.Key]}' has {c.Count()} image(s) that fall into one fold together (one image, "
                + "copies of it, or one group): no head that is judged on them has learned the class");
    }

    private ImageDataset? TryGroup(ImageDataset images, List<string> problems)
    {
        try
        {
            return Grouped(images);
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }

    private ImageDataset Grouped(ImageDataset images) => options.GroupColumn is { } column ? images.WithGroups(column) : images;
}
