using TransferLearning.Heads;
using TransferLearning.Heads.Softmax;

namespace TransferLearning.MLNet.Training;

/// <summary>
/// Watches a fit of the trainer from epoch to epoch: keeps the history, finds the best epoch, and says when to stop. Serves one fit.
/// </summary>
/// <param name="stopping">When to stop early; null never to.</param>
/// <param name="epochs">The largest number of epochs.</param>
/// <param name="hasValidation">False where the validation file holds the training rows, because there are no others.</param>
/// <param name="progress">Told of each epoch as it ends; null for nobody.</param>
/// <param name="cancellationToken">Ends the fit after the epoch in progress.</param>
internal sealed class EpochRecorder(
    EarlyStopping? stopping, int epochs, bool hasValidation, IProgress<EpochProgress>? progress, CancellationToken cancellationToken)
{
    private readonly List<EpochProgress> _history = [];
    private readonly BestEpoch _best = new(stopping);
    private double _trainingLoss;

    public IReadOnlyList<EpochProgress> History => _history;

    /// <summary>From 1; 0 where no epoch ended.</summary>
    public int BestEpoch => _best.Number;

    public double BestLoss => _best.Loss;

    /// <summary>The loss of the weights that the trainer keeps.</summary>
    public double LastLoss { get; private set; } = double.PositiveInfinity;

    public bool IsCanceled { get; private set; }

    /// <summary>True where a loss was no number.</summary>
    public bool HasDiverged { get; private set; }

    /// <returns>True where the trainer is to stop after this epoch.</returns>
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
        var ended = hasValidation
            ? new EpochProgress(epoch, epochs, _trainingLoss, LastLoss, figures.Accuracy)
            : new EpochProgress(epoch, epochs, LastLoss, null, null);
        _history.Add(ended);
        progress?.Report(ended);
        IsCanceled = cancellationToken.IsCancellationRequested && epoch < epochs;
        return IsCanceled || HasDiverged || _best.IsPatienceSpent;
    }
}
