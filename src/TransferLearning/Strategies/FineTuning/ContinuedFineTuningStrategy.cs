using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Goes on training a model with new images, of classes that it knows, of new ones, or both.</summary>
internal sealed class ContinuedFineTuningStrategy(DataSource data, DataSource? tuneOn, FineTuningOptions options, ModelSource source) : IFineTuning
{
    public RetrainingDemands Demands => new() { InitialHead = true, RowWeights = true };

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (tuneOn is not null)
        {
            problems.Add("ContinueFrom is itself tuning on further images: leave out tuneOn, and continue once more for a second data set");
        }

        ImageDataset? images = data.TryOpen(settings.Formats, problems);
        string[]? classes = images is null ? null : DataPreparation.ClassesOf(images);
        if (classes is [])
        {
            problems.Add($"'{images!.Name}' has no labeled image: expected a folder with a folder a class, or a manifest with labels");
        }

        settings.ValidationData?.TryOpen(settings.Formats, problems);
        if (source.TryOpen(problems) is { } model)
        {
            Validate(model, classes, settings, problems);
        }
    }

    public FineTuningResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var model = ContinuedModel.Of(source.Model);
        var log = new ExtractionLog();
        var preparation = new DataPreparation(settings, model.Backbone, log, progress, cancellationToken);
        Extraction? given = settings.ValidationData is { } validation ? preparation.Extract(validation.Open(settings.Formats)) : null;
        PreparedData prepared = preparation.Prepare(data.Open(settings.Formats), given, model.Classes);
        LabeledSplit images = prepared.Rows;
        IReadOnlyList<string> classes = images.Train.ClassNames;

        (LabeledSplit Rows, int[] Groups, LabeledSplit ByClass)? rehearsed =
            model.Detector is null ? null : Rehearse(model, images, settings.Seed);
        LinearHead start = HeadClasses.Expand(model.Head, model.Classes, classes);
        FineTuningStep step = new HeadTraining(settings, options, progress, cancellationToken)
            .Continue(rehearsed?.Rows ?? images, images, start, rehearsed?.Groups ?? []);
        FineTuningResult result = new FineTuningCompletion(settings, options, model.Backbone, log).Complete(
            [step],
            step.Metrics,
            images.Validation,
            images.Validation.Select(CalibrationRows(images.Validation)),
            rehearsed?.ByClass ?? images,
            prepared.TrainImages,
            prepared.ValidationImages,
            model.TrainImages ?? EvenImages(model, images));
        return result with { Continuation = Describe(model, images, result.Validation, settings.Threads) };
    }

    public IFineTuning From(ModelSource model) => new ContinuedFineTuningStrategy(data, tuneOn, options, model);

    private static void Validate(ContinuedModel model, string[]? classes, TransferSettings settings, List<string> problems)
    {
        if (settings.Backbone is { } other && other.Fingerprint != model.Backbone.Fingerprint)
        {
            problems.Add(
                $"the backbone {other} is set, but the model that is continued has its own, {model.Backbone}, whose features its head is "
                + "for: leave the backbone out");
        }

        string[] missing = classes is null || model.Detector is not null ? [] : [.. model.Classes.Except(classes, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            problems.Add(
                $"there are no images of {string.Join(", ", missing.Select(m => $"'{m}'"))}, and the model remembers nothing of its classes, "
                + "so training would unlearn them: add images of them, or continue a model that was made of enough images to tell unknown "
                + "ones, with a FalseRejectRate");
        }
    }

    private static (LabeledSplit Rows, int[] Groups, LabeledSplit ByClass) Rehearse(ContinuedModel model, LabeledSplit images, int seed)
    {
        double perClass = (double)(model.TrainImages ?? EvenImages(model, images)) / model.Classes.Count;
        var training = Rehearsal.Of(model, perClass, seed);

        // Other draws than those learned from, in the proportion of the images.
        var validation = Rehearsal.Of(model, perClass * images.Validation.Count / images.Train.Count, ~seed);
        (LabeledBottlenecks rows, int[] groups) = training.Join(images.Train);
        LabeledBottlenecks judging = validation.JoinByClass(images.Validation);
        return (
            new LabeledSplit(images.Name, rows, judging), groups, new LabeledSplit(images.Name, training.JoinByClass(images.Train), judging));
    }

    /// <summary>The validation images where they are of all classes; else none: a temperature fitted on some classes would not suit the
    /// others, and the head that all learn from is calibrated already.</summary>
    private static int[] CalibrationRows(LabeledBottlenecks validation) =>
        validation.Labels.ToArray().Distinct().Count() == validation.ClassNames.Count ? [.. Enumerable.Range(0, validation.Count)] : [];

    /// <summary>Where the model does not say how many images it has seen: as many a class as there are new ones.</summary>
    private static int EvenImages(ContinuedModel model, LabeledSplit images)
    {
        int[] labels = images.Train.Labels.ToArray();
        return model.Classes.Count * labels.Length / labels.Distinct().Count();
    }

    private static Continuation Describe(ContinuedModel model, LabeledSplit images, EvaluatedImages judged, int threads)
    {
        LabeledBottlenecks validation = images.Validation;
        int[] ofKnown = [.. Enumerable.Range(0, validation.Count).Where(i => validation.Labels[i] < model.Classes.Count)];
        LabeledBottlenecks rows = validation.Select(ofKnown);
        float[] after = [.. ofKnown.SelectMany(i => judged.Row(i).ToArray())];
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
