using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies.StageTuning;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Continues the training of a model with new images, of classes that it knows, of new ones, or both.</summary>
internal sealed class ContinuedFineTuningStrategy(DataSource data, DataSource? tuneOn, FineTuningOptions options, ModelSource source)
    : ITransferStrategy<FineTuningResult>
{
    public RetrainingDemands Demands => new() { InitialHead = true, RowWeights = true };

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (tuneOn is not null)
        {
            problems.Add("ContinueFrom is itself tuning on further images: leave out tuneOn, and continue once more for a second data set");
        }

        string[]? classes = data.TryOpen(settings.Formats, problems) is { } images ? DataClasses.Require(images, 1, problems) : null;
        settings.ValidationData?.TryOpen(settings.Formats, problems);
        if (source.TryOpen(settings.Engine, problems) is { } model)
        {
            Validate(model, classes, settings, problems);
            settings.RequireRunnable(model.Backbone, problems);
            options.Stages.Validate(nameof(FineTuningOptions), settings, () => model.Backbone, problems);
        }
    }

    public FineTuningResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var model = ContinuedModel.Of(source.Open(settings.Engine));
        var run = new StrategyRun(settings, model.Backbone, progress, cancellationToken);
        PreparedData prepared = run.Prepare(run.Open(data), model.Classes);

        LabeledSplit images = prepared.Rows;
        int earlierImages = model.TrainImages ?? EvenImages(model, images);
        RehearsedSplit? rehearsed = model.Detector is null ? null : RehearsedSplit.Of(model, earlierImages, images, settings.Seed);
        LinearHead start = HeadClasses.Expand(model.Head, model.Classes, images.Train.ClassNames);
        LabeledSplit learned = rehearsed?.Rows ?? images;
        var training = new HeadTraining(run, options);
        FineTuningStep step = training.Continue(learned, images, start);

        var evaluated = new EvaluatedHead
        {
            Head = new CombinedHead(step.Training.Head),
            Metrics = step.Metrics,
            Validation = images.Validation,
            ValidationImages = prepared.ValidationImages,
            HeldOut = HeldOut(step.Training.HeldOut, images.Train),
            Known = rehearsed?.ByClass ?? images,
            TrainingSetsThreshold = rehearsed is null,
        };
        StageTuningResult? tuning = null;
        if (options.UnfrozenStages > 0 && !step.Training.Canceled)
        {
            (evaluated, tuning) = training.TuneStages(evaluated, prepared, start);
        }

        CompletedModel completed = run.Complete(
            evaluated,
            options.FalseRejectRate,
            new ModelFacts("fine-tuning, continued", prepared.TrainImages.Count + earlierImages)
                .TrainedOn(prepared.TrainImages, source.Open(settings.Engine).TrainingHashes)
                .Add(step.Training)
                .Add(tuning));
        return FineTuningResult.Of(completed, [step], prepared.TrainImages, run.Extraction).With(tuning, options) with
        {
            Continuation = Describe(model, images, completed.Validation, run.Threads) with
            {
                TrainingOverlap = source.Open(settings.Engine).FindTrainingImages(prepared.ValidationImages),
            },
        };
    }

    private void Validate(ContinuedModel model, string[]? classes, TransferSettings settings, List<string> problems)
    {
        string[] unseen = classes is null || options.UnfrozenStages <= 0 ? [] : [.. model.Classes.Except(classes, StringComparer.Ordinal)];
        if (unseen.Length > 0)
        {
            problems.Add(
                $"there are no images of {string.Join(", ", unseen.Select(m => $"'{m}'"))}, and what the model remembers of its classes "
                + "does not fit features of stages that are trained: add images of them, or unfreeze no stages");
        }

        if (settings.Backbone is { } other && other.Fingerprint != model.Backbone.Fingerprint)
        {
            problems.Add(
                $"the backbone {other} is set, but the model that is continued has its own, {model.Backbone}, whose features its head is "
                + "for: leave the backbone out");
        }

        string[] missing = classes is null || model.Detector is not null || unseen.Length > 0
            ? []
            : [.. model.Classes.Except(classes, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            problems.Add(
                $"there are no images of {string.Join(", ", missing.Select(m => $"'{m}'"))}, and the model remembers nothing of its "
                + "classes, so training would unlearn them: add images of them, or continue a model that was trained with a "
                + "FalseRejectRate on enough images to detect out-of-distribution ones");
        }
    }

    /// <summary>The predictions for the new images, where these are of all classes; else none: a temperature fitted on some classes would
    /// not suit the others, and the head that training continues from is calibrated already.</summary>
    private static LabeledLogits? HeldOut(HeldOutPredictions? predictions, LabeledBottlenecks images)
    {
        if (predictions is null || images.Labels.ToArray().Distinct().Count() < images.ClassNames.Count)
        {
            return null;
        }

        // Remembered features follow the images. They count as of several classes, so they are no predictions that are right or wrong.
        int[] ofImages = [.. Enumerable.Range(0, predictions.Rows.Length).Where(i => predictions.Rows[i] < images.Count)];
        return HeadCalibration.Label(predictions.Select(ofImages), images);
    }

    /// <summary>Where the model does not say how many images it has seen: as many per class as there are new ones.</summary>
    private static int EvenImages(ContinuedModel model, LabeledSplit images)
    {
        int[] labels = images.Train.Labels.ToArray();
        return model.Classes.Count * labels.Length / labels.Distinct().Count();
    }

    private static Continuation Describe(ContinuedModel model, LabeledSplit images, EvaluatedImages evaluated, int threads)
    {
        LabeledBottlenecks validation = images.Validation;
        int[] ofKnown = [.. Enumerable.Range(0, validation.Count).Where(i => validation.Labels[i] < model.Classes.Count)];
        LabeledBottlenecks rows = validation.Select(ofKnown);
        float[] after = [.. ofKnown.SelectMany(i => evaluated.Row(i).ToArray())];
        return new Continuation
        {
            KnownClasses = model.Classes,
            AddedClasses = [.. validation.ClassNames.Skip(model.Classes.Count)],
            Before = rows.Count == 0 ? null : ClassificationMetrics.Compute(
                model.Classes, rows.Labels, HeadPrediction.Probabilities(model.Head, rows.Bottlenecks, threads)),
            After = rows.Count == 0 ? null : ClassificationMetrics.Compute(rows.ClassNames, rows.Labels, after),
            Rehearsed = model.Detector is not null,
        };
    }
}
