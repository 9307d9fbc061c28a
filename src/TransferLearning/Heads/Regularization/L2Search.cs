namespace TransferLearning.Heads.Regularization;

/// <summary>Finds the strength with the lowest loss among strengths tried from strong to weak, and says when to stop.</summary>
internal sealed class L2Search
{
    private const double ClearRise = 1.02;

    private int _rises;

    /// <summary>The strength for too few images to choose one: good on all image sets tried, though the best on none.</summary>
    public const double Default = 10;

    /// <summary>The best strength so far.</summary>
    public double Best { get; private set; } = Default;

    /// <summary>The loss of the best strength.</summary>
    public double Lowest { get; private set; } = double.PositiveInfinity;

    /// <summary>True once the loss is expected to rise further with weaker strengths.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes the loss of the next strength.</summary>
    /// <returns>True if the strength is the best so far.</returns>
    public bool Add(double strength, double loss)
    {
        bool isBest = loss < Lowest;
        _rises = isBest ? 0 : _rises + 1;
        IsOver = _rises == 2 || loss > ClearRise * Lowest;
        if (isBest)
        {
            (Best, Lowest) = (strength, loss);
        }

        return isBest;
    }
}
