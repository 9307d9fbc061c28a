using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Optimization;

/// <summary>An optimizer of a head, run epoch by epoch. Not thread-safe.</summary>
internal abstract class HeadOptimization
{
    /// <summary>The current parameters.</summary>
    public abstract HeadParameters Parameters { get; }

    /// <summary>The mean cross-entropy over the training rows in the last epoch, without the penalty.</summary>
    public double TrainingLoss { get; protected set; }

    /// <summary>The share of training rows whose most probable class is right in the last epoch, 0..1.</summary>
    public double TrainingAccuracy { get; protected set; }

    /// <summary>
    /// What is minimized, as of the last epoch: the mean cross-entropy plus the penalty divided by the total weight of the rows.
    /// </summary>
    public double Objective { get; protected set; }

    /// <summary>Runs one epoch.</summary>
    /// <returns>False if the optimum is reached.</returns>
    public abstract bool RunEpoch();
}
