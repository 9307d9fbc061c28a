using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;

namespace TransferLearning.Heads.Softmax;

/// <summary>Runs an optimizer epoch by epoch: evaluates each epoch, keeps the best and stops early. For one training.</summary>
internal sealed class TrainingLoop(HeadOptimization optimization, EarlyStopping? stopping, int epochs, HeadEvaluator? evaluator)
{
    private readonly List<EpochProgress> _history = [];
    private readonly BestEpoch _best = new(stopping);

    /// <summary>The parameters of the best epoch.</summary>
    public HeadParameters Best { get; private set; } = optimization.Parameters.Clone();

    /// <summary>The epoch that <see cref="Best"/> comes from, from 1; 0 for the start.</summary>
    public int BestEpoch => _best.Number;

    public IReadOnlyList<EpochProgress> History => _history;

    /// <summary>Trains until the optimum, the last epoch, early stopping or cancellation.</summary>
    /// <returns>True if it was canceled.</returns>
    /// <exception cref="TransferLearningException">The optimizer diverged.</exception>
    public bool Run(RetrainingContext context)
    {
        if (context.InitialHead is not null)
        {
            Keep(0, evaluator?.Evaluate(optimization.Parameters).Mean ?? optimization.Objective);
        }

        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            if (context.CancellationToken.IsCancellationRequested)
            {
                return true;
            }

            bool more = optimization.RunEpoch();
            if (!double.IsFinite(optimization.Objective))
            {
                throw new TransferLearningException($"the training loss is NaN or infinite after epoch {epoch}: use a lower learning rate");
            }

            HeadLoss? validation = evaluator?.Evaluate(optimization.Parameters);
            var progress = new EpochProgress(epoch, epochs, optimization.TrainingLoss, validation?.Mean, validation?.Accuracy)
            {
                TrainingAccuracy = optimization.TrainingAccuracy,
            };
            _history.Add(progress);
            context.Progress?.Report(progress);
            Keep(epoch, validation?.Mean ?? optimization.Objective);
            if (!more || _best.IsPatienceSpent)
            {
                break;
            }
        }

        return false;
    }

    private void Keep(int epoch, double loss)
    {
        if (_best.Offer(epoch, loss))
        {
            Best = optimization.Parameters.Clone();
        }
    }
}
