using System.Runtime.ExceptionServices;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>Tunes a head on each segment, side by side. The labeled images of the small set take part in every segment. Serves one
/// run.</summary>
internal sealed class SegmentTraining(
    TransferSettings settings, ParallelTrainingOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
{
    private readonly int _threads = settings.ThreadCount;

    /// <summary>Trains on the small set alone.</summary>
    public RetrainedHead Train(LabeledSplit small) => Retrain(small, _threads);

    /// <summary>Trains on every segment; the same for any number of threads.</summary>
    /// <param name="small">The small set.</param>
    /// <param name="divisions">The segments.</param>
    /// <param name="bottlenecks">Of the larger set.</param>
    /// <param name="labels">Its pseudo-labels.</param>
    public IReadOnlyList<TrainingSegment> Train(
        LabeledSplit small, IReadOnlyList<SegmentDivision> divisions, BottleneckMatrix bottlenecks, PseudoLabels labels)
    {
        var segments = new TrainingSegment[divisions.Count];
        int threads = Math.Max(1, _threads / divisions.Count);
        try
        {
            Parallel.For(0, divisions.Count, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
                segments[i] = Train(small, divisions[i], bottlenecks, labels, threads));
        }
        catch (AggregateException e)
        {
            // What ails one segment mostly ails all: the first says it.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return segments;
    }

    private TrainingSegment Train(
        LabeledSplit small, SegmentDivision division, BottleneckMatrix bottlenecks, PseudoLabels labels, int threads)
    {
        IReadOnlyList<string> classes = small.Train.ClassNames;
        LabeledBottlenecks train = Pseudo(division.TrainRows), validation = Pseudo(division.ValidationRows);
        var split = new LabeledSplit(
            $"{small.Name}, segment {division.Name}", Join(small.Train, train), Join(small.Validation, validation));
        RetrainedHead head = Retrain(split, threads);
        var judged = CombinedHead.Of(head.Head);
        return new TrainingSegment
        {
            Name = division.Name,
            TrainImages = train.Count,
            ValidationImages = validation.Count,
            Agreement = validation.Count == 0 ? null : judged.Judge(validation, threads).Accuracy,
            Metrics = judged.Judge(small.Validation, threads),
            Training = head,
        };

        LabeledBottlenecks Pseudo(int[] rows) => new(
            bottlenecks.Select(rows),
            Array.ConvertAll(rows, r => labels.Labels[r]),
            classes,
            Array.ConvertAll(rows, r => labels.Confidence[r]));
    }

    private LabeledBottlenecks Join(LabeledBottlenecks labeled, LabeledBottlenecks pseudo)
    {
        int count = labeled.Count + pseudo.Count;
        float[] values = [.. labeled.Bottlenecks.Values, .. pseudo.Bottlenecks.Values];
        return new LabeledBottlenecks(
            new BottleneckMatrix(count, labeled.Bottlenecks.FeatureSize, values),
            (int[])[.. labeled.Labels, .. pseudo.Labels],
            labeled.ClassNames,
            (float[])[.. Enumerable.Repeat((float)options.LabeledWeight, labeled.Count), .. pseudo.Weights]);
    }

    private RetrainedHead Retrain(LabeledSplit data, int threads)
    {
        var relay = progress is null ? null : new RelayedProgress<EpochProgress>(p => progress.Report(
            new TransferProgress { Stage = TransferStage.Training, Data = data.Name, Done = p.Epoch, Total = p.Epochs, Epoch = p }));
        return settings.Retrainer.Retrain(data.Train, data.Validation, new RetrainingContext
        {
            Seed = settings.Seed,
            Threads = threads,
            Epochs = options.Epochs,
            Progress = relay,
            CancellationToken = cancellationToken,
            TimeProvider = settings.TimeProvider,
        });
    }
}
