namespace TransferLearning.Heads.Objective;

/// <summary>The loss of a head, summed over rows. Immutable.</summary>
/// <param name="Total">The weighted cross-entropies, in nats.</param>
/// <param name="Weight">The weights of the rows.</param>
/// <param name="Correct">The number of rows whose most probable class is right.</param>
/// <param name="Rows">The number of rows.</param>
internal readonly record struct HeadLoss(double Total, double Weight, int Correct, int Rows)
{
    public double Mean => Total / Weight;

    public double Accuracy => (double)Correct / Rows;

    public HeadLoss Add(HeadLoss other) =>
        new(Total + other.Total, Weight + other.Weight, Correct + other.Correct, Rows + other.Rows);
}
