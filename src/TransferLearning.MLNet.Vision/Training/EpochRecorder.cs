using TransferLearning.Heads;
using TransferLearning.Heads.Softmax;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>
/// Observes a fit of the trainer epoch by epoch: keeps the history, finds the best epoch, and decides when to stop. Serves one fit.
/// </summary>
/// <param name="stopping">When to stop early; null for never.</param>
/// <param name="epochs">The maximum number of epochs.</param>
/// <param name="hasValidation">False where the validation file holds the training rows, because there are no others.</param>
/// <param name="progress">Receives each epoch as it ends; may be null.</param>
/// <param name="cancellationToken">Ends the fit after the current epoch.</param>
internal sealed class EpochRecorder(
    EarlyStopping? stopping, int epochs, bool hasValidation, IProgress<EpochProgress>? progress, CancellationToken cancellationToken)
{
    private readonly List<EpochProgress> _history = [];
    private readonly BestEpoch _best = new(stopping);
    private double _trainingLoss;

    public IReadOnlyList<EpochProgress> History => _history;

    /// <summary>The number of the best epoch, from 1; 0 where no epoch ended.</summary>
    public int BestEpoch => _best.Number;

    public double BestLoss => _best.Loss;

    /// <summary>The loss of the weights that the trainer keeps.</summary>
    public double LastLoss { get; private set; } = double.PositiveInfinity;

    public bool IsCanceled { get; private set; }

    /// <summary>True where a loss was NaN or infinite.</summary>
    public bool HasDiverged { get; private set; }

    /// <returns>True where the trainer must stop after this epoch.</returns>
    public bool Observe(TrainerFigures figures)
    {
        if (!figures.IsValidation)
        {
            _trainingLoss = figures.CrossEntropy;
            return false;
        }

        int epoch = figures.Epoch + 1;
        LastLoss = figures.CrossEntropy;
        _best.Offer(epoch, LastLoss);
        HasDiverged |= !double.IsFinite(LastLoss);
        EpochProgress ended = hasValidation
            ? new EpochProgress(epoch, epochs, _trainingLoss, LastLoss, figures.Accuracy)
            : new EpochProgress(epoch, epochs, LastLoss, null, null);
        _history.Add(ended);
        progress?.Report(ended);
        IsCanceled = cancellationToken.IsCancellationRequested && epoch < epochs;
        return IsCanceled || HasDiverged || _best.IsPatienceSpent;
    }
}
