using System.Runtime.ExceptionServices;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.PseudoLabeling;

namespace TransferLearning.Strategies.ParallelTraining;

/// <summary>Tunes one head per segment, side by side. The labeled images of the small set take part in every segment. Serves one
/// run.</summary>
internal sealed class SegmentTraining(StrategyRun run, ParallelTrainingOptions options)
{
    /// <summary>Trains on the small set alone.</summary>
    public RetrainedHead Train(LabeledSplit small) => Retrain(small, small.Train.Count, run.Threads);

    /// <summary>Trains on every segment; the same for any number of threads.</summary>
    /// <param name="small">The small set.</param>
    /// <param name="divisions">The segments.</param>
    /// <param name="bottlenecks">Of the larger set.</param>
    /// <param name="labels">Its pseudo-labels.</param>
    /// <param name="groups">Equal for images that must stay together: of the training images of the small set, then of those of the larger
    /// one.</param>
    /// <exception cref="OperationCanceledException">The run was canceled before all segments were trained.</exception>
    public IReadOnlyList<TrainingSegment> Train(
        LabeledSplit small, IReadOnlyList<SegmentDivision> divisions, BottleneckMatrix bottlenecks, PseudoLabels labels, int[] groups)
    {
        var segments = new TrainingSegment[divisions.Count];
        int threads = Math.Max(1, run.Threads / divisions.Count);
        try
        {
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = run.Threads,
                CancellationToken = run.Context.CancellationToken,
            };
            Parallel.For(0, divisions.Count, parallel, i =>
                segments[i] = Train(small, divisions[i], bottlenecks, labels, groups, threads));
        }
        catch (AggregateException e)
        {
            // Most causes are common to all segments: one message tells enough.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        run.Context.CancellationToken.ThrowIfCancellationRequested();
        return segments;
    }

    private TrainingSegment Train(
        LabeledSplit small, SegmentDivision division, BottleneckMatrix bottlenecks, PseudoLabels labels, int[] groups, int threads)
    {
        IReadOnlyList<string> classes = small.Train.ClassNames;
        LabeledBottlenecks train = Pseudo(division.TrainRows), validation = Pseudo(division.ValidationRows);
        var split = new LabeledSplit(
            $"{small.Name}, segment {division.Name}", Join(small.Train, train), Join(small.Validation, validation))
        {
            TrainGroups = [.. groups.Take(small.Train.Count), .. division.TrainRows.Select(r => groups[small.Train.Count + r])],
            Views = small.Views?.Join(division.TrainViews!),
        };
        RetrainedHead head = Retrain(split, small.Train.Count, threads);
        var classifier = new CombinedHead(head.Head);
        return new TrainingSegment
        {
            Name = division.Name,
            TrainImages = train.Count,
            ValidationImages = validation.Count,
            Agreement = validation.Count == 0 ? null : classifier.Evaluate(validation, threads).Accuracy,
            Metrics = classifier.Evaluate(small.Validation, threads),
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

    /// <summary>Trains a head, and predicts the labeled images, which come first, by heads that have not learned from them.</summary>
    private RetrainedHead Retrain(LabeledSplit data, int labeled, int threads)
    {
        RetrainingContext context = run.Context with { Threads = threads, Epochs = options.Epochs };
        RetrainedHead head = run.Train(data, context);
        return head with { HeldOut = head.Canceled ? null : run.Repeat(context).Predict(data, labeled, head) };
    }
}
