namespace TransferLearning.Heads.Softmax;

/// <summary>Tells which epoch had the lowest loss, and when there has been none better for too long. Serves one training.</summary>
internal sealed class BestEpoch(EarlyStopping? stopping)
{
    private double _lowestForPatience = double.PositiveInfinity;
    private int _epochsWithoutGain;

    /// <summary>From 1; 0 for the start.</summary>
    public int Number { get; private set; }

    public double Loss { get; private set; } = double.PositiveInfinity;

    public bool IsPatienceSpent => _epochsWithoutGain >= stopping?.Patience;

    /// <returns>True where the epoch is the best so far.</returns>
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
