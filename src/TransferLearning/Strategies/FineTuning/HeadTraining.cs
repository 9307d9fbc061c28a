using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Trains heads on prepared data, a step or two, and judges each. Serves one run.</summary>
internal sealed class HeadTraining(
    TransferSettings settings, FineTuningOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
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
            Metrics = Judge(head.Head, data.Train.ClassNames, data.Validation),
        };
    }

    /// <summary>Trains on from a head.</summary>
    /// <param name="data">What to learn from and what picks the epoch.</param>
    /// <param name="images">The images among it, whose validation part judges.</param>
    /// <param name="start">The head, over all classes.</param>
    /// <param name="groups">For each row to learn from, what may not be parted; empty where all may.</param>
    public FineTuningStep Continue(LabeledSplit data, LabeledSplit images, LinearHead start, int[] groups)
    {
        RetrainedHead head = Retrain(data, start, groups);
        return new FineTuningStep
        {
            Data = data.Name,
            TrainImages = images.Train.Count,
            Training = head,
            Metrics = Judge(head.Head, images.Train.ClassNames, images.Validation),
        };
    }

    /// <summary>Trains on the small data set, then from there on the larger one.</summary>
    public IReadOnlyList<FineTuningStep> Train(LabeledSplit small, LabeledSplit larger)
    {
        IReadOnlyList<string> known = small.Train.ClassNames;
        string[] classes = [.. known.Union(larger.Train.ClassNames, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        LabeledBottlenecks onSmall = HeadClasses.Expand(small.Validation, classes);
        LabeledBottlenecks onLarger = HeadClasses.Expand(larger.Validation, classes);

        RetrainedHead before = Retrain(small, null);
        RetrainedHead after = Retrain(WithMissingClasses(larger, small, classes), HeadClasses.Expand(before.Head, known, classes));
        return
        [
            new FineTuningStep
            {
                Data = small.Name,
                TrainImages = small.Train.Count,
                Training = before,
                Metrics = Judge(before.Head, known, onSmall),
                MetricsOnLarger = Judge(before.Head, known, onLarger),
            },
            new FineTuningStep
            {
                Data = larger.Name,
                TrainImages = larger.Train.Count,
                Training = after,
                Metrics = Judge(after.Head, classes, onSmall),
                MetricsOnLarger = Judge(after.Head, classes, onLarger),
            },
        ];
    }

    /// <summary>Adds the small set's images of the classes that the larger set lacks, which tuning would otherwise unlearn.</summary>
    public static LabeledSplit WithMissingClasses(LabeledSplit larger, LabeledSplit small, string[] classes)
    {
        string[] missing = [.. small.Train.ClassNames.Except(larger.Train.ClassNames, StringComparer.Ordinal)];
        return new LabeledSplit(
            larger.Name, Join(larger.Train, small.Train, missing, classes), Join(larger.Validation, small.Validation, missing, classes));
    }

    private static LabeledBottlenecks Join(LabeledBottlenecks data, LabeledBottlenecks other, string[] missing, string[] classes)
    {
        int[] rows = [.. Enumerable.Range(0, other.Count).Where(i => missing.Contains(other.ClassNames[other.Labels[i]]))];
        LabeledBottlenecks first = HeadClasses.Expand(data, classes), second = HeadClasses.Expand(other.Select(rows), classes);
        float[] values = new float[checked((first.Count + second.Count) * first.Bottlenecks.FeatureSize)];
        first.Bottlenecks.Values.CopyTo(values);
        second.Bottlenecks.Values.CopyTo(values.AsSpan(first.Bottlenecks.Values.Length));
        int[] labels = [.. first.Labels, .. second.Labels];
        return new LabeledBottlenecks(new BottleneckMatrix(labels.Length, first.Bottlenecks.FeatureSize, values), labels, classes);
    }

    private ClassificationMetrics Judge(LinearHead head, IReadOnlyList<string> known, LabeledBottlenecks validation)
    {
        float[] probabilities = HeadPrediction.Probabilities(head, validation.Bottlenecks, settings.Threads);
        return ClassificationMetrics.Compute(
            validation.ClassNames, validation.Labels, HeadClasses.Expand(probabilities, known, validation.ClassNames));
    }

    private RetrainedHead Retrain(LabeledSplit data, LinearHead? initial, int[]? groups = null)
    {
        var relay = progress is null ? null : new RelayedProgress<EpochProgress>(p => progress.Report(
            new TransferProgress { Stage = TransferStage.Training, Data = data.Name, Done = p.Epoch, Total = p.Epochs, Epoch = p }));
        return settings.Retrainer.Retrain(data.Train, data.Validation, new RetrainingContext
        {
            Seed = settings.Seed,
            Threads = settings.Threads,
            Epochs = options.Epochs,
            InitialHead = initial,
            Groups = groups,
            Progress = relay,
            CancellationToken = cancellationToken,
            TimeProvider = settings.TimeProvider,
        });
    }
}
