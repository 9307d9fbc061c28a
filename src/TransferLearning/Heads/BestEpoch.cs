namespace TransferLearning.Heads;

/// <summary>Tracks the epoch with the lowest loss, and how long ago the loss last improved. For one training.</summary>
internal sealed class BestEpoch(EarlyStopping? stopping)
{
    private double _lowestForPatience = double.PositiveInfinity;
    private int _epochsWithoutGain;

    /// <summary>The epoch with the lowest loss, from 1; 0 for the start.</summary>
    public int Number { get; private set; }

    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>True once the loss has not improved for as many epochs as early stopping allows.</summary>
    public bool IsPatienceSpent => _epochsWithoutGain >= stopping?.Patience;

    /// <summary>Takes the loss of the next epoch.</summary>
    /// <returns>True if the epoch is the best so far.</returns>
    public bool Offer(int epoch, double loss)
    {
        bool isBest = loss < Loss;
        if (isBest)
        {
            (Loss, Number) = (loss, epoch);
        }

        bool gained = loss < _lowestForPatience - (stopping?.MinDelta ?? 0);
        _lowestForPatience = gained ? loss : _lowestForPatience;
        _epochsWithoutGain = gained ? 0 : _epochsWithoutGain + 1;
        return isBest;
    }
}
