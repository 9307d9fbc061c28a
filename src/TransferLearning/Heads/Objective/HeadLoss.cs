namespace TransferLearning.Heads.Objective;

/// <summary>Sums over rows. Immutable.</summary>
/// <param name="Total">Weighted cross-entropies, in nats.</param>
/// <param name="Weight">The rows' weights.</param>
/// <param name="Correct">Rows whose most probable class is right.</param>
/// <param name="Rows">Rows.</param>
internal readonly record struct HeadLoss(double Total, double Weight, int Correct, int Rows)
{
    public double Mean => Total / Weight;

    public double Accuracy => (double)Correct / Rows;

    public HeadLoss Add(HeadLoss other) =>
        new(Total + other.Total, Weight + other.Weight, Correct + other.Correct, Rows + other.Rows);
}
