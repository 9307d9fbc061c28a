using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies.Augmentation;
using TransferLearning.Strategies.StageTuning;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Trains heads on prepared data, in one step or two, and evaluates each. Serves one run.</summary>
internal sealed class HeadTraining(StrategyRun run, FineTuningOptions options)
{
    /// <summary>Trains on one data set.</summary>
    public FineTuningStep Train(LabeledSplit data)
    {
        RetrainedHead head = Retrain(data, null);
        return new FineTuningStep
        {
            Data = data.Name,
            TrainImages = data.Train.Count,
            Training = head,
            Metrics = Evaluate(head.Head, data.Train.ClassNames, data.Validation),
        };
    }

    /// <summary>Continues the training of a head.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="images">The images among it, whose validation part the head is evaluated on.</param>
    /// <param name="start">The head, over all classes.</param>
    public FineTuningStep Continue(LabeledSplit data, LabeledSplit images, LinearHead start)
    {
        RetrainedHead head = Retrain(data, start);
        return new FineTuningStep
        {
            Data = data.Name,
            TrainImages = images.Train.Count,
            Training = head,
            Metrics = Evaluate(head.Head, images.Train.ClassNames, images.Validation),
        };
    }

    /// <summary>Trains on the small data set, then from there on the larger one.</summary>
    public IReadOnlyList<FineTuningStep> Train(LabeledSplit small, LabeledSplit larger)
    {
        IReadOnlyList<string> known = small.Train.ClassNames;
        string[] classes = [.. known.Union(larger.Train.ClassNames, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        LabeledBottlenecks onSmall = HeadClasses.Expand(small.Validation, classes);
        LabeledBottlenecks onLarger = HeadClasses.Expand(larger.Validation, classes);

        RetrainedHead before = Retrain(small, null, isLast: false);
        RetrainedHead after = Retrain(WithMissingClasses(larger, small, classes), HeadClasses.Expand(before.Head, known, classes));
        return
        [
            new FineTuningStep
            {
                Data = small.Name,
                TrainImages = small.Train.Count,
                Training = before,
                Metrics = Evaluate(before.Head, known, onSmall),
                MetricsOnLarger = Evaluate(before.Head, known, onLarger),
            },
            new FineTuningStep
            {
                Data = larger.Name,
                TrainImages = larger.Train.Count,
                Training = after,
                Metrics = Evaluate(after.Head, classes, onSmall),
                MetricsOnLarger = Evaluate(after.Head, classes, onLarger),
            },
        ];
    }

    /// <summary>Adds the small set's images of the classes that the larger set lacks, which tuning would otherwise unlearn.</summary>
    public static LabeledSplit WithMissingClasses(LabeledSplit larger, LabeledSplit small, string[] classes)
    {
        string[] missing = [.. small.Train.ClassNames.Except(larger.Train.ClassNames, StringComparer.Ordinal)];
        return new LabeledSplit(
            larger.Name, Join(larger.Train, small.Train, missing, classes), Join(larger.Validation, small.Validation, missing, classes))
        {
            TrainGroups = JoinGroups(larger, small, missing),
            Views = larger.Views?.Join(small.Views!.Select(RowsOf(small.Train, missing))),
        };
    }

    /// <summary>The same, with the images behind the rows.</summary>
    public static PreparedData WithMissingClasses(PreparedData larger, PreparedData small, string[] classes)
    {
        string[] missing = [.. small.Rows.Train.ClassNames.Except(larger.Rows.Train.ClassNames, StringComparer.Ordinal)];
        return new PreparedData(
            WithMissingClasses(larger.Rows, small.Rows, classes),
            Join(larger.TrainImages, small.TrainImages.Select(RowsOf(small.Rows.Train, missing))),
            Join(larger.ValidationImages, small.ValidationImages.Select(RowsOf(small.Rows.Validation, missing))));
    }

    /// <summary>Trains stages of the network after the head; its own training began with a head, or with none.</summary>
    public (EvaluatedHead Evaluated, StageTuningResult? Result) TuneStages(EvaluatedHead alone, PreparedData learned, LinearHead? start) =>
        new HeadWithStages(run, options.Stages).Tune(alone, learned, rows =>
        {
            TrainingRows part = learned.Rows.TrainingRows(rows);
            RetrainingContext context = run.Context with { Epochs = options.Epochs, InitialHead = start };
            return run.Settings.Retrainer.Retrain(part.Rows, null, part.In(context)).Head;
        });

    private static ImageDataset Join(ImageDataset first, ImageDataset second) =>
        second.Count == 0 ? first : ImageDataset.FromImages(first.Images.Concat(second.Images));

    private static int[] JoinGroups(LabeledSplit larger, LabeledSplit small, string[] missing)
    {
        if (larger.TrainGroups.Length == 0 && small.TrainGroups.Length == 0)
        {
            return [];
        }

        int[] rows = RowsOf(small.Train, missing), first = larger.GroupOfEachRow(), second = small.GroupOfEachRow();
        int next = first.Length == 0 ? 0 : first.Max() + 1;
        return [.. first, .. rows.Select(r => next + second[r])];
    }

    private static int[] RowsOf(LabeledBottlenecks data, string[] classes) =>
        [.. Enumerable.Range(0, data.Count).Where(i => classes.Contains(data.ClassNames[data.Labels[i]]))];

    private static LabeledBottlenecks Join(LabeledBottlenecks data, LabeledBottlenecks other, string[] missing, string[] classes)
    {
        int[] rows = RowsOf(other, missing);
        LabeledBottlenecks first = HeadClasses.Expand(data, classes), second = HeadClasses.Expand(other.Select(rows), classes);
        float[] values = new float[checked((first.Count + second.Count) * first.Bottlenecks.FeatureSize)];
        first.Bottlenecks.Values.CopyTo(values);
        second.Bottlenecks.Values.CopyTo(values.AsSpan(first.Bottlenecks.Values.Length));
        int[] labels = [.. first.Labels, .. second.Labels];
        return new LabeledBottlenecks(new BottleneckMatrix(labels.Length, first.Bottlenecks.FeatureSize, values), labels, classes);
    }

    private ClassificationMetrics Evaluate(LinearHead head, IReadOnlyList<string> known, LabeledBottlenecks validation)
    {
        float[] probabilities = HeadPrediction.Probabilities(head, validation.Bottlenecks, run.Threads);
        return ClassificationMetrics.Compute(
            validation.ClassNames, validation.Labels, HeadClasses.Expand(probabilities, known, validation.ClassNames));
    }

    private RetrainedHead Retrain(LabeledSplit data, LinearHead? start, bool isLast = true) =>
        run.Train(data, run.Context with { Epochs = options.Epochs, InitialHead = start, PredictsHeldOut = isLast });
}
