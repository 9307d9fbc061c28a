using TransferLearning.Bottlenecks;
using TransferLearning.Data.Splits;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Regularization;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies;

/// <summary>
/// Repeats a training without each of five folds in turn, to predict training rows by heads that have not learned from them. With many
/// rows, some of the folds are enough. The same for any number of threads.
/// </summary>
/// <param name="retrainer">Where it has chosen a penalty for all rows, the folds use that.</param>
/// <param name="context">What the training on all rows had.</param>
internal sealed class RepeatedTraining(IRetrainer retrainer, RetrainingContext context)
{
    /// <summary>Predicts the first rows. The others, such as pseudo-labeled ones, are learned from in every fold, but for those of a group
    /// that is held out.</summary>
    /// <param name="data">The rows and their groups.</param>
    /// <param name="count">The number of first rows to predict.</param>
    /// <param name="trained">The head that was trained on all rows.</param>
    /// <returns>Null if there are too few rows, or the training was canceled.</returns>
    public HeldOutPredictions? Predict(LabeledSplit data, int count, RetrainedHead trained)
    {
        LabeledBottlenecks rows = data.Train;
        int[] groups = data.GroupOfEachRow();
        int[] foldOf = Divide(rows.Labels[..count], data.TrainGroups, context.Seed);
        int[] folds = [.. foldOf.Where(f => f >= 0).Distinct().Order()];
        if (folds.Length < 2)
        {
            return null;
        }

        folds = folds[..InnerFolds.HeldOutCount(count, folds.Length)];
        IRetrainer repeated =
            IPenaltyChoice.Of(retrainer) is { } choice && trained.L2 is { } strength ? choice.WithL2(strength) : retrainer;
        var predictions = new HeldOutPredictions?[folds.Length];
        int threads = Math.Max(1, context.ThreadCount / folds.Length);
        try
        {
            FoldThreads.Run(
                folds.Length,
                context.ThreadCount,
                f =>
                {
                    int[] heldOut = [.. Enumerable.Range(0, count).Where(r => foldOf[r] == folds[f])];
                    predictions[f] = Predict(repeated, data, groups, heldOut, threads);
                },
                context.CancellationToken);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            return null;
        }

        HeldOutPredictions[] made = [.. predictions.OfType<HeldOutPredictions>()];
        return made.Length == 0 || context.CancellationToken.IsCancellationRequested
            ? null
            : new HeldOutPredictions([.. made.SelectMany(p => p.Rows)], [.. made.SelectMany(p => p.Logits)]);
    }

    private static int[] Divide(ReadOnlySpan<int> labels, int[] groups, int seed) => groups.Length == 0
        ? StratifiedFolds.Assign(labels, InnerFolds.Folds, seed)
        : GroupedFolds.Assign(labels, groups.AsSpan(0, labels.Length), InnerFolds.Folds, seed);

    private HeldOutPredictions? Predict(IRetrainer repeated, LabeledSplit data, int[] groups, int[] heldOut, int threads)
    {
        LabeledBottlenecks rows = data.Train;
        HashSet<int> left = [.. heldOut.Select(r => groups[r])];
        int[] training = [.. Enumerable.Range(0, rows.Count).Where(r => !left.Contains(groups[r]))];
        HashSet<int> known = [.. training.Where(r => rows.Weights.IsEmpty || rows.Weights[r] > 0).Select(r => rows.Labels[r])];
        int[] predicted = [.. heldOut.Where(r => known.Contains(rows.Labels[r]))];
        if (known.Count < 2 || predicted.Length == 0)
        {
            return null;
        }

        RetrainingContext fold = context with { Threads = threads, Progress = null, PredictsHeldOut = false };
        TrainingRows learned = data.TrainingRows(training);
        LinearHead head = repeated.Retrain(learned.Rows, null, learned.In(fold)).Head;
        BottleneckMatrix features = rows.Bottlenecks.Select(predicted);
        return new HeldOutPredictions(predicted, HeadPrediction.Logits(head, features, threads));
    }
}
