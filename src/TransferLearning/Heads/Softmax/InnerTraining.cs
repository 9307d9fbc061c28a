using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;
using TransferLearning.Heads.Regularization;

namespace TransferLearning.Heads.Softmax;

/// <summary>
/// Trains one head per inner fold, without the rows of the fold: to choose the number of epochs, or only to predict the rows. For one
/// training; the same results for any number of threads.
/// </summary>
internal sealed class InnerTraining(
    SoftmaxProblem problem, InnerFolds folds, double strength, EarlyStopping? stopping, RetrainingContext context)
{
    private readonly int _threads = folds.ThreadsEach(context.ThreadCount);

    /// <summary>
    /// Trains all folds side by side, epoch by epoch, and chooses the epoch with the lowest mean loss over the held-out rows. It ends early
    /// once that loss no longer improves.
    /// </summary>
    /// <exception cref="OperationCanceledException">The training was canceled: what half the folds have chosen means nothing.</exception>
    /// <exception cref="TransferLearningException">The optimizer diverged.</exception>
    public EpochChoice ChooseEpoch()
    {
        HeadOptimization[] optimizations = [.. Enumerable.Range(0, folds.Count).Select(Optimization)];
        SoftmaxObjective[] heldOut = [.. optimizations.Select(_ => problem.HeldOutLoss(_threads))];
        bool[] isOver = new bool[folds.Count];
        var best = new BestEpoch(stopping);
        HeadParameters[] kept = [];
        if (context.InitialHead is not null)
        {
            Keep(0);
        }

        for (int epoch = 1; epoch <= problem.Epochs && !best.IsPatienceSpent; epoch++)
        {
            ForEach(f => isOver[f] = isOver[f] || !optimizations[f].RunEpoch());
            if (optimizations.Any(o => !double.IsFinite(o.Objective)))
            {
                throw TrainingLoop.Diverged(epoch);
            }

            Keep(epoch);
            if (Array.TrueForAll(isOver, over => over))
            {
                break;
            }
        }

        return new EpochChoice(best.Number, kept.Length == 0 ? null : folds.Predict(problem.Features, kept));

        void Keep(int epoch)
        {
            var losses = new HeadLoss[folds.Count];
            ForEach(f => losses[f] = heldOut[f].Evaluate(optimizations[f].Parameters, folds.HeldOut[f]));
            if (best.Offer(epoch, losses.Aggregate((a, b) => a.Add(b)).Mean))
            {
                kept = [.. optimizations.Select(o => o.Parameters.Clone())];
            }
        }
    }

    /// <summary>Trains each fold as all rows are trained, and predicts the held-out rows.</summary>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    /// <exception cref="TransferLearningException">The optimizer diverged.</exception>
    public HeldOutPredictions Predict()
    {
        var parameters = new HeadParameters[folds.Count];
        RetrainingContext silent = context with { Progress = null };
        ForEach(f =>
        {
            var loop = new TrainingLoop(Optimization(f), stopping, problem.Epochs, null);
            loop.Run(silent);
            parameters[f] = loop.Best;
        });
        context.CancellationToken.ThrowIfCancellationRequested();
        return folds.Predict(problem.Features, parameters);
    }

    private HeadOptimization Optimization(int fold) => problem.Optimization(folds.AllTraining(fold), strength, _threads);

    private void ForEach(Action<int> body) => FoldThreads.Run(folds.Count, context.ThreadCount, body, context.CancellationToken);
}
