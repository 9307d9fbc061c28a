using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Splits;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.OutOfDistribution;
using TransferLearning.Strategies.StageTuning;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>Trains on all folds but one and evaluates on that one, each in turn; then trains on all images.</summary>
internal sealed class CrossValidationStrategy(DataSource data, CrossValidationOptions options) : ITransferStrategy<CrossValidationResult>
{
    private const string WithoutDetector =
        "the model assigns each image to a class: a detector of images of none of the classes needs features of images that the tuned "
        + "stages have not learned from; fine-tuning, which holds validation images out, gives one";

    public RetrainingDemands Demands => RetrainingDemands.None;

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        options.Stages.Validate(nameof(CrossValidationOptions), settings, settings.ResolveBackbone, problems);
        if (settings.ValidationFraction is not null || settings.ValidationData is not null)
        {
            problems.Add("WithValidation is set, but cross-validation evaluates on its folds: leave it out, or use FineTune");
        }

        if (data.TryOpen(settings.Formats, problems) is not { } opened || TryGroup(opened, problems) is not { } images)
        {
            return;
        }

        DataClasses.Require(images, 2, problems);
        if (options.Scheme == CrossValidationScheme.LeaveOneGroupOut)
        {
            CheckGroups(images, problems);
        }
    }

    public CrossValidationResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var run = new StrategyRun(settings, settings.ResolveBackbone(), progress, cancellationToken);
        PreparedWhole prepared = run.PrepareWhole(Grouped(run.Open(data)));
        (ImageDataset images, LabeledBottlenecks bottlenecks) = (prepared.Images, prepared.Bottlenecks);

        long began = settings.TimeProvider.GetTimestamp();
        int[] inseparable = Inseparable(images);
        FoldDivision[] divisions = FoldDivision.Divide(images, inseparable, options, settings.Seed);
        var training = new FoldTraining(run, images.Name, bottlenecks, inseparable, prepared.Views);
        TrainedFold[] folds = training.Train(divisions);
        RetrainedHead head = training.TrainOnAll(folds);
        TunedStages? tuned = null;
        if (options.UnfrozenStages > 0)
        {
            using var tuning = new FoldTuning(run, options.Stages, training, prepared, inseparable);
            var alone = OutOfFoldCalibration.Of(bottlenecks, folds, run.Threads, cancellationToken);
            folds = tuning.Tune(folds, divisions);
            tuned = tuning.TuneOnAll(head.Head, alone.Before);
            head = head with { Head = tuned.Head };
        }

        var calibrated = OutOfFoldCalibration.Of(bottlenecks, folds, run.Threads, cancellationToken);
        var calibration = new Calibration(
            calibrated.Temperature, calibrated.Before.ExpectedCalibrationError, calibrated.After.ExpectedCalibrationError);
        double seconds = settings.TimeProvider.GetElapsedTime(began).TotalSeconds;

        CrossValidationFold[] evaluated = [.. folds.Select(f => f.Fold)];
        var outOfFold = OutOfFoldPredictions.Of(images, divisions[0].FoldOf, folds, divisions.Length);
        ConfidenceInterval interval = PooledAccuracy.Interval(evaluated, outOfFold);
        bool isTuned = tuned?.Result.IsKept == true;
        OutOfDistributionDetector? detector = options.FalseRejectRate is { } rate && !isTuned
            ? OutOfDistributionDetector.Fit(bottlenecks, divisions[0].FoldOf, rate, run.Threads, cancellationToken)
            : null;
        TransferModel model = run.Build(
            new CombinedHead(head.Head).Divide(calibrated.Temperature),
            bottlenecks.ClassNames,
            calibration,
            detector,
            tuned?.Backbone,
            new ModelFacts("cross-validation", images.Count)
                .TrainedOn(images)
                .Add(head)
                .Add(tuned?.Result)
                .Add(FactNames.Folds, evaluated.Length)
                .Add(FactNames.MeanAccuracy, evaluated.Average(f => f.Metrics.Accuracy))
                .Add(FactNames.Accuracy, PooledAccuracy.Of(evaluated))
                .Add(FactNames.AccuracyLower, interval.Lower)
                .Add(FactNames.AccuracyUpper, interval.Upper));
        cancellationToken.ThrowIfCancellationRequested();
        return new CrossValidationResult
        {
            Folds = evaluated,
            OutOfFold = outOfFold,
            Model = model,
            Training = head,
            Calibration = calibration,
            UncalibratedMetrics = calibrated.Before,
            CalibratedMetrics = calibrated.After,
            Extraction = run.Extraction,
            SecondsTraining = seconds,
            Warnings =
            [
                .. run.Extraction.Warnings,
                .. tuned?.Result.Warnings ?? [],
                .. isTuned && options.FalseRejectRate is not null ? [WithoutDetector] : Array.Empty<string>(),
                .. ClassesInOneFold(bottlenecks, inseparable),
                .. new[] { FewImages.OfClasses([images]) }.OfType<string>(),
            ],
            Tuning = tuned?.Result,
            FoldNetworks = [.. folds.Select(f => (f.Backbone ?? run.Backbone, f.Head))],
        };
    }

    /// <summary>[images]: equal for images that stay together; near-copies do not where too little would be left to divide.</summary>
    private int[] Inseparable(ImageDataset images)
    {
        int[] inseparable = images.InseparableGroups();
        int folds = options.Scheme == CrossValidationScheme.LeaveOneGroupOut ? 2 : options.Folds;
        return inseparable.Max() + 1 < folds ? images.WithCopies(new ContentKey?[images.Count]).InseparableGroups() : inseparable;
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

    /// <summary>A warning for each class whose images all fall into one fold: the heads evaluated on them have not learned it.</summary>
    private static IEnumerable<string> ClassesInOneFold(LabeledBottlenecks data, int[] inseparable)
    {
        int[] labels = data.Labels.ToArray();
        return labels.Zip(inseparable).GroupBy(p => p.First, p => p.Second).Where(c => c.Distinct().Count() == 1).OrderBy(c => c.Key)
            .Select(c => $"the class '{data.ClassNames[c.Key]}' has {c.Count()} image(s) that fall into one fold together (one image, "
                + "copies of it, or one group): no head that is evaluated on them has learned the class");
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
