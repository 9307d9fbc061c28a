namespace TransferLearning.Heads.Regularization;

/// <summary>Finds the strength with the lowest loss among strengths tried from strong to weak, and tells when to stop.</summary>
internal sealed class L2Search
{
    private const double ClearRise = 1.02;

    private double _lowest = double.PositiveInfinity;
    private int _rises;

    /// <summary>The strength where there are too few images to choose: good on all image sets tried, best on none.</summary>
    public const double Default = 10;

    /// <summary>The best strength so far.</summary>
    public double Best { get; private set; } = Default;

    /// <summary>True where weaker strengths only get worse.</summary>
    public bool IsOver { get; private set; }

    public void Add(double strength, double loss)
    {
        _rises = loss < _lowest ? 0 : _rises + 1;
        IsOver = _rises == 2 || loss > ClearRise * _lowest;
        if (loss < _lowest)
        {
            (Best, _lowest) = (strength, loss);
        }
    }
}
