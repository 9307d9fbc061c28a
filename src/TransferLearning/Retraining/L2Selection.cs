namespace TransferLearning.Retraining;

/// <summary>
/// Chooses the strength of the L2 penalty by the log loss of an inner cross-validation over the training rows. Strengths are tried from
/// strong to weak, each fold going on from where it was, which makes the whole path hardly dearer than one training.
/// </summary>
internal static class L2Selection
{
    /// <summary>The strength where there are too few images to choose: good on all image sets tried, best on none.</summary>
    public const double Default = 10;

    private const int Folds = 5;
    private const int MaxRows = 4000;
    private const int EnoughHeldOut = 600;
    private const int MaxIterations = 40;
    private const double Tolerance = 1e-4;

    // A strength's loss need not be exact to be compared with its neighbours', which lie percents apart.
    private const double SmallestGain = 3e-4;
    private const double ClearRise = 1.02;

    /// <summary>Half decades.</summary>
    private static readonly double[] Strengths = [316, 100, 31.6, 10, 3.16, 1, 0.316];

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
        int[] rows = Sample(labels, weights, context.Seed);
        int[] foldOf = StratifiedFolds.Assign([.. rows.Select(r => labels[r])], Folds, context.Seed);

        // Of many images, some of the folds tell enough.
        int used = Math.Clamp((Folds * EnoughHeldOut + rows.Length - 1) / rows.Length, 1, Folds);
        int threads = Math.Max(1, context.ThreadCount / used);
        Fold[] folds =
        [
            .. Enumerable.Range(0, used).Where(f => foldOf.Contains(f)).Select(f => new Fold(
                new SoftmaxObjective(features, labels, weights, center.Classes, labelSmoothing, threads),
                new SoftmaxObjective(features, labels, weights, center.Classes, labelSmoothing: 0, threads),
                [.. rows.Where((_, i) => foldOf[i] != f)],
                [.. rows.Where((_, i) => foldOf[i] == f)],
                center)),
        ];
        return folds.Length == used ? Choose(folds, center, penaltyFactor, context) : Default;
    }

    private static double Choose(Fold[] folds, HeadParameters center, double penaltyFactor, RetrainingContext context)
    {
        double best = Default, lowest = double.PositiveInfinity;
        int rises = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.ThreadCount };
        foreach (double strength in Strengths)
        {
            if (context.CancellationToken.IsCancellationRequested)
            {
                break;
            }

            var losses = new HeadLoss[folds.Length];
            Parallel.For(0, folds.Length, options, f => losses[f] = folds[f].Try(new L2Penalty(strength * penaltyFactor, center)));
            double loss = losses.Aggregate((a, b) => a.Add(b)).Mean;
            rises = loss < lowest ? 0 : rises + 1;
            if (rises == 2 || loss > ClearRise * lowest)
            {
                break;
            }

            (best, lowest) = loss < lowest ? (strength, loss) : (best, lowest);
        }

        return best;
    }

    /// <summary>All rows that count, or an even sample of them: the best strength depends little on the number of images.</summary>
    private static int[] Sample(int[] labels, float[] weights, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => weights[i] > 0)];
        if (rows.Length <= MaxRows)
        {
            return rows;
        }

        int parts = (rows.Length + MaxRows - 1) / MaxRows;
        int[] part = StratifiedFolds.Assign([.. rows.Select(r => labels[r])], parts, seed);
        return [.. rows.Where((_, i) => part[i] <= 0)];
    }

    private sealed class Fold(SoftmaxObjective training, SoftmaxObjective judging, int[] trainRows, int[] heldOutRows, HeadParameters start)
    {
        private HeadParameters _parameters = start;

        public HeadLoss Try(L2Penalty penalty)
        {
            var optimization = new LbfgsOptimization(training, trainRows, penalty, _parameters, Tolerance);
            double last = double.PositiveInfinity;
            for (int i = 0; i < MaxIterations && optimization.Objective < (1 - SmallestGain) * last; i++)
            {
                last = optimization.Objective;
                optimization.RunEpoch();
            }

            _parameters = optimization.Parameters;
            return judging.Evaluate(_parameters, heldOutRows);
        }
    }
}
