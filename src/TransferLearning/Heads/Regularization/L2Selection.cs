using TransferLearning.Data.Splits;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Regularization;

/// <summary>
/// Chooses the strength of the L2 penalty by the log loss of an inner cross-validation over the training rows. A held-out row counts only
/// if the other folds have rows of its class.
/// </summary>
internal static class L2Selection
{
    private const int Folds = 5;
    private const int MaxRows = 4000;
    private const int MinHeldOut = 600;

    /// <summary>The best strength; the same for any number of threads.</summary>
    public static double Choose(
        PaddedMatrix features,
        int[] labels,
        float[] weights,
        HeadParameters center,
        double penaltyFactor,
        double labelSmoothing,
        RetrainingContext context)
    {
        int[] rows = Sample(labels, weights, context);
        int[] foldOf = Assign(rows, labels, Folds, context);

        // With many images, some of the folds are enough.
        int used = Math.Clamp(((Folds * MinHeldOut) + rows.Length - 1) / rows.Length, 1, Folds);
        int threads = Math.Max(1, context.ThreadCount / used);
        var paths = new L2Path[used];
        int[][] heldOut = new int[used][];
        for (int f = 0; f < used; f++)
        {
            int[] trainRows = [.. rows.Where((_, i) => foldOf[i] != f)];
            HashSet<int> known = [.. trainRows.Select(r => labels[r])];
            heldOut[f] = [.. rows.Where((row, i) => foldOf[i] == f && known.Contains(labels[row]))];
            if (heldOut[f].Length == 0 || known.Count < 2)
            {
                return L2Search.Default;
            }

            paths[f] = new L2Path(
                new SoftmaxObjective(features, labels, weights, center.Classes, labelSmoothing, threads),
                new SoftmaxObjective(features, labels, weights, center.Classes, labelSmoothing: 0, threads),
                trainRows,
                center,
                penaltyFactor);
        }

        return Choose(paths, heldOut, context);
    }

    private static double Choose(L2Path[] paths, int[][] heldOut, RetrainingContext context)
    {
        var search = new L2Search();
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.ThreadCount };
        foreach (double strength in L2Path.Strengths)
        {
            if (context.CancellationToken.IsCancellationRequested)
            {
                break;
            }

            var losses = new HeadLoss[paths.Length];
            Parallel.For(0, paths.Length, options, f =>
            {
                paths[f].Train(strength);
                losses[f] = paths[f].Evaluate(heldOut[f]);
            });
            search.Add(strength, losses.Aggregate((a, b) => a.Add(b)).Mean);
            if (search.IsOver)
            {
                break;
            }
        }

        return search.Best;
    }

    /// <summary>All rows that count, or an even sample of them: the best strength depends little on the number of images.</summary>
    private static int[] Sample(int[] labels, float[] weights, RetrainingContext context)
    {
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => weights[i] > 0)];
        if (rows.Length <= MaxRows)
        {
            return rows;
        }

        int[] part = Assign(rows, labels, (rows.Length + MaxRows - 1) / MaxRows, context);
        return [.. rows.Where((_, i) => part[i] <= 0)];
    }

    private static int[] Assign(int[] rows, int[] labels, int folds, RetrainingContext context)
    {
        int[] ofRows = [.. rows.Select(r => labels[r])];
        if (context.Groups.IsEmpty)
        {
            return StratifiedFolds.Assign(ofRows, folds, context.Seed);
        }

        int[] groups = new int[rows.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = context.Groups.Span[rows[i]];
        }

        return GroupedFolds.Assign(ofRows, groups, folds, context.Seed);
    }
}
