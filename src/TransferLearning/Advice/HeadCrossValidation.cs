using TransferLearning.Data.Splits;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Advice;

/// <summary>Cross-validates heads over cached bottlenecks, with all of each fold's training rows or a part of them.</summary>
internal sealed class HeadCrossValidation(LabeledBottlenecks data, IRetrainer retrainer, RetrainingContext context)
{
    public const int Folds = 5;

    /// <summary>Trains on a share of the training rows of each fold and validates on the whole fold.</summary>
    /// <param name="fraction">0 (exclusive) to 1. A smaller share is a subset of a larger one; each class keeps at least one row.</param>
    /// <param name="repeat">The number of the division into folds, from 0.</param>
    public CrossValidatedHead Run(double fraction, int repeat)
    {
        int seed = HashCode(context.Seed, repeat);
        int[] foldOf = StratifiedFolds.Assign(data.Labels, Folds, seed);
        int[] folds = [.. Enumerable.Range(0, Folds).Where(f => foldOf.Contains(f))];
        if (folds.Length < 2)
        {
            throw new TransferLearningException(
                $"{data.Count} images of {data.ClassNames.Count} classes cannot be cross-validated: add images, at least two per class");
        }

        var results = new (int TrainRows, int[] HeldOut, float[] Probabilities)[folds.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.ThreadCount, CancellationToken = context.CancellationToken };
        Parallel.For(0, folds.Length, options, f => results[f] = Fit(foldOf, folds[f], fraction, seed));
        context.CancellationToken.ThrowIfCancellationRequested();
        int[] heldOut = [.. results.SelectMany(r => r.HeldOut)];
        var metrics = ClassificationMetrics.Compute(
            data.ClassNames, Array.ConvertAll(heldOut, r => data.Labels[r]), results.SelectMany(r => r.Probabilities).ToArray());
        return new CrossValidatedHead(results.Average(r => r.TrainRows), metrics.Accuracy, metrics.LogLoss);
    }

    private (int TrainRows, int[] HeldOut, float[] Probabilities) Fit(int[] foldOf, int fold, double fraction, int seed)
    {
        int[] heldOut = [.. Enumerable.Range(0, data.Count).Where(r => foldOf[r] == fold)];
        int[] training = Part([.. Enumerable.Range(0, data.Count).Where(r => foldOf[r] != fold)], fraction, seed);
        RetrainedHead head = retrainer.Retrain(data.Select(training), null, context with { Threads = 1, Progress = null });
        context.CancellationToken.ThrowIfCancellationRequested();
        return (training.Length, heldOut, HeadPrediction.Probabilities(head.Head, data.Bottlenecks.Select(heldOut)));
    }

    private int[] Part(int[] rows, double fraction, int seed)
    {
        if (fraction >= 1)
        {
            return rows;
        }

        new Random(seed).Shuffle(rows);
        int[] labels = data.Labels.ToArray();
        return [.. rows.GroupBy(r => labels[r]).SelectMany(g => g.Take((int)Math.Ceiling(fraction * g.Count()))).Order()];
    }

    // Repeats must differ from each other and from those of the next seed, and be the same on every run.
    private static int HashCode(int seed, int repeat) => unchecked((seed * 31) + (repeat * 1_000_003));
}
