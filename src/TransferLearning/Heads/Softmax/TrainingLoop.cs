using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;

namespace TransferLearning.Heads.Softmax;

/// <summary>
/// Runs an optimizer epoch by epoch, and reports each. Keeps the epoch with the lowest training objective, and stops once that no longer
/// improves; or keeps a given epoch, which is then the last. For one training.
/// </summary>
/// <param name="optimization">The optimizer.</param>
/// <param name="stopping">When to stop before the last epoch; null for never.</param>
/// <param name="epochs">The maximum number of epochs.</param>
/// <param name="evaluator">Evaluates each epoch for the progress; null for none.</param>
internal sealed class TrainingLoop(HeadOptimization optimization, EarlyStopping? stopping, int epochs, HeadEvaluator? evaluator)
{
    private readonly List<EpochProgress> _history = [];
    private readonly BestEpoch _best = new(stopping);

    /// <summary>True to keep the last epoch, whose number was chosen before. Default: false.</summary>
    public bool KeepsLast { get; init; }

    /// <summary>The parameters of the kept epoch.</summary>
    public HeadParameters Best { get; private set; } = optimization.Parameters.Clone();

    /// <summary>The epoch that <see cref="Best"/> comes from, from 1; 0 for the start.</summary>
    public int BestEpoch { get; private set; }

    public IReadOnlyList<EpochProgress> History => _history;

    /// <summary>The error of an optimizer whose loss is no number.</summary>
    public static TransferLearningException Diverged(int epoch) =>
        new($"the training loss is NaN or infinite after epoch {epoch}: use a lower learning rate");

    /// <summary>Trains until the optimum, the last epoch, early stopping or cancellation.</summary>
    /// <returns>True if it was canceled.</returns>
    /// <exception cref="TransferLearningException">The optimizer diverged.</exception>
    public bool Run(RetrainingContext context)
    {
        if (context.InitialHead is not null)
        {
            Keep(0);
        }

        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            bool more;
            HeadLoss? validation;
            try
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                more = optimization.RunEpoch();
                if (!double.IsFinite(optimization.Objective))
                {
                    throw Diverged(epoch);
                }

                validation = evaluator?.Evaluate(optimization.Parameters);
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                // The parameters may be those of half an epoch: the last whole one is kept.
                return true;
            }

            var progress = new EpochProgress(epoch, epochs, optimization.TrainingLoss, validation?.Mean, validation?.Accuracy)
            {
                TrainingAccuracy = optimization.TrainingAccuracy,
            };
            _history.Add(progress);
            context.Progress?.Report(progress);
            Keep(epoch);
            if (!more || _best.IsPatienceSpent)
            {
                break;
            }
        }

        return false;
    }

    private void Keep(int epoch)
    {
        if (KeepsLast || _best.Offer(epoch, optimization.Objective))
        {
            // A copy: canceling may end an epoch half way.
            (Best, BestEpoch) = (optimization.Parameters.Clone(), epoch);
        }
    }
}
