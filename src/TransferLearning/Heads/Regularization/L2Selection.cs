using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Regularization;

/// <summary>Chooses the strength of the L2 penalty by the log loss of an inner cross-validation over the training rows.</summary>
internal static class L2Selection
{
    /// <summary>The best strength, and the predictions of the folds' heads; the same for any number of threads.</summary>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    public static L2Choice Choose(
        PaddedMatrix features,
        int[] labels,
        float[] weights,
        HeadParameters center,
        double penaltyFactor,
        double labelSmoothing,
        RetrainingContext context)
    {
        if (InnerFolds.Divide(labels, weights, context) is not { } folds)
        {
            return new L2Choice(L2Search.Default, null, KeepsStart: false);
        }

        int threads = folds.ThreadsEach(context.ThreadCount);
        L2Path[] paths = [.. folds.Training.Select(Path)];
        double start = context.InitialHead is null ? double.PositiveInfinity : Loss(paths, folds, context);
        var search = new L2Search();
        HeadParameters[] best = [.. paths.Select(p => p.Parameters)];
        foreach (double strength in L2Path.Strengths)
        {
            ForEach(paths, context, f => paths[f].Train(strength));
            if (search.Add(strength, Loss(paths, folds, context)))
            {
                best = [.. paths.Select(p => p.Parameters)];
            }

            if (search.IsOver)
            {
                break;
            }
        }

        bool keepsStart = start <= search.Lowest;
        HeadParameters[] kept = keepsStart ? [.. paths.Select(_ => center)] : best;
        if (folds.IsSample && !keepsStart)
        {
            // Heads of the sample are less certain than one of all rows: a temperature fitted on them would not suit it.
            if (!context.PredictsHeldOut)
            {
                return new L2Choice(search.Best, null, keepsStart);
            }

            paths = [.. folds.HeldOut.Select((_, f) => Path(folds.AllTraining(f)))];
            ForEach(paths, context, f =>
            {
                paths[f].Parameters = best[f];
                paths[f].Train(search.Best);
            });
            kept = [.. paths.Select(p => p.Parameters)];
        }

        return new L2Choice(search.Best, folds.Predict(features, kept), keepsStart);

        L2Path Path(int[] rows) => new(
            new SoftmaxObjective(features, labels, weights, center.Classes, labelSmoothing, threads, context.CancellationToken),
            new SoftmaxObjective(features, labels, weights, center.Classes, labelSmoothing: 0, threads, context.CancellationToken),
            rows,
            center,
            penaltyFactor);
    }

    private static double Loss(L2Path[] paths, InnerFolds folds, RetrainingContext context)
    {
        var losses = new HeadLoss[paths.Length];
        ForEach(paths, context, f => losses[f] = paths[f].Evaluate(folds.HeldOut[f]));
        return losses.Aggregate((a, b) => a.Add(b)).Mean;
    }

    private static void ForEach(L2Path[] paths, RetrainingContext context, Action<int> body) =>
        FoldThreads.Run(paths.Length, context.ThreadCount, body, context.CancellationToken);
}
