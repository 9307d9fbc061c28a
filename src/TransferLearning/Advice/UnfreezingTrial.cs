using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Inference;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;
using TransferLearning.Strategies.StageTuning;
using TransferLearning.Tuning;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Advice;

/// <summary>
/// Cross-validates on a part of the images with the head alone and with the last stage of the network tuned, by the steps of
/// cross-validation. For one run.
/// </summary>
internal sealed class UnfreezingTrial(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
{
    /// <summary>With fewer images, a difference of ten points is noise.</summary>
    public const int MinImages = 100;

    private const int Stages = 1;
    private const int Folds = 3;

    private static readonly NetworkTrainingOptions Training = new();

    /// <summary>Adds a sentence for what keeps the trial from running, before any image is read.</summary>
    /// <param name="settings">Those of the pipeline.</param>
    /// <param name="backbones">The networks to choose from; throws where one cannot be read.</param>
    /// <param name="problems">Receives the sentence.</param>
    public static void Validate(TransferSettings settings, Func<IReadOnlyList<Backbone>> backbones, List<string> problems)
    {
        const string Option = "AdviceOptions.TriesUnfreezing (or --try-unfreezing) is set, but";
        if (settings.Engine is not EmbeddedEngine)
        {
            problems.Add($"{Option} {settings.Engine.Name} does not train networks: leave one of the two out");
            return;
        }

        if (settings.Retrainer is not SoftmaxRetrainer)
        {
            problems.Add($"{Option} the trainer {settings.Retrainer.GetType().Name} trains heads only: leave one of the two out");
            return;
        }

        try
        {
            foreach (Backbone backbone in backbones())
            {
                TunableNetwork.Of(backbone, Stages).CheckTrainable();
            }
        }
        catch (TransferLearningException e)
        {
            problems.Add($"{Option} {e.Message}; leave out that network, or the trial");
        }
    }

    /// <summary>Tries it.</summary>
    /// <param name="best">The network, and all images.</param>
    /// <returns>The figures; or none, with the reason.</returns>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public (UnfreezingAdvice? Advice, string? Problem) Run(Candidate best)
    {
        ImageDataset sample = TrialSample.Of(best.Images, settings.Seed);
        if (sample.Count < MinImages)
        {
            return (null, $"{sample.Count} images are too few, at least {MinImages} are needed");
        }

        try
        {
            return (Run(best, sample), null);
        }
        catch (TransferLearningException e)
        {
            // The advice without the trial is complete, and its network has run over all images.
            return (null, e.Message);
        }
    }

    private UnfreezingAdvice Run(Candidate best, ImageDataset sample)
    {
        long began = settings.TimeProvider.GetTimestamp();
        var run = new StrategyRun(settings, best.Advice.Backbone, progress, cancellationToken);
        PreparedWhole prepared = run.PrepareWhole(sample);
        int[] inseparable = prepared.Images.InseparableGroups();
        FoldDivision[] divisions =
            FoldDivision.Divide(prepared.Images, inseparable, new CrossValidationOptions { Folds = Folds }, settings.Seed);
        var heads = new FoldTraining(run, prepared.Images.Name, prepared.Bottlenecks, inseparable);
        TrainedFold[] alone = heads.Train(divisions);
        using var tuning = new FoldTuning(run, new StageTuningSettings(Stages, Training), heads, prepared, inseparable);
        long tuningBegan = settings.TimeProvider.GetTimestamp();
        TrainedFold[] tuned = tuning.Tune(alone, divisions);
        double secondsTuning = settings.TimeProvider.GetElapsedTime(tuningBegan).TotalSeconds;

        (int onlyHead, int onlyTuned) = Differing(prepared.Bottlenecks, alone, tuned);
        int count = prepared.Images.Count;
        StageTuningResult first = tuned[0].Fold.Tuning!;
        return new UnfreezingAdvice
        {
            Stages = first.Stages,
            NetworkStages = first.NetworkStages,
            Images = count,
            TrainImages = tuned.Average(f => f.Fold.TrainImages),
            Classes = prepared.Bottlenecks.ClassNames.Count,
            HeadAccuracy = Accuracy(prepared.Bottlenecks, alone),
            TunedAccuracy = Accuracy(prepared.Bottlenecks, tuned),
            DifferenceInterval = ConfidenceInterval.OfPairedDifference(onlyTuned, onlyHead, count),
            Seconds = settings.TimeProvider.GetElapsedTime(began).TotalSeconds,
            SecondsForAll = SecondsForAll(best, secondsTuning / tuned.Sum(f => LearnedImages(f.Fold))),
            MapBytesForAll = (long)((double)first.MapBytes / count * best.Images.Count),
        };
    }

    /// <summary>The number of times that a fold has learned from an image.</summary>
    private static double LearnedImages(CrossValidationFold fold)
    {
        StageTuningResult tuning = fold.Tuning!;
        int onAll = tuning.IsKept ? tuning.BestEpoch * fold.TrainImages : 0;
        return (tuning.History.Count * (fold.TrainImages - tuning.HeldOutImages)) + onAll;
    }

    /// <summary>All images go through the lower stages; then all epochs are run with held-out images, and again on all training
    /// images.</summary>
    private static double SecondsForAll(Candidate best, double secondsPerImage)
    {
        double trainImages = (1 - TransferSettings.DefaultValidationFraction) * best.Images.Count;
        return best.Advice.SecondsExtracting + (secondsPerImage * trainImages * Training.Epochs * (2 - Training.HeldOutFraction));
    }

    private static double Accuracy(LabeledBottlenecks data, TrainedFold[] folds) =>
        folds.Sum(f => Correct(data, f).Count(c => c)) / (double)folds.Sum(f => f.HeldOut.Length);

    private static (int OnlyHead, int OnlyTuned) Differing(LabeledBottlenecks data, TrainedFold[] alone, TrainedFold[] tuned)
    {
        (bool Head, bool Tuned)[] pairs = [.. alone.Zip(tuned).SelectMany(f => Correct(data, f.First).Zip(Correct(data, f.Second)))];
        return (pairs.Count(p => p is { Head: true, Tuned: false }), pairs.Count(p => p is { Head: false, Tuned: true }));
    }

    /// <summary>[images of the fold]: whether the class with the highest logit is the image's own.</summary>
    private static bool[] Correct(LabeledBottlenecks data, TrainedFold fold) =>
        [.. fold.HeldOut.Select((row, i) => HighestOf(fold, i) == data.Labels[row])];

    private static int HighestOf(TrainedFold fold, int image)
    {
        ReadOnlySpan<float> logits = fold.Logits.AsSpan(image * fold.Head.Classes, fold.Head.Classes);
        int highest = 0;
        for (int c = 1; c < logits.Length; c++)
        {
            highest = logits[c] > logits[highest] ? c : highest;
        }

        return highest;
    }
}
