namespace TransferLearning.Data.Splits;

/// <summary>How many images of each class a validation part has so far, and should have. Not thread-safe.</summary>
internal sealed class ValidationCounts
{
    private readonly double[] _wanted;
    private readonly int[] _images;
    private readonly int[] _trainingUnits;

    /// <param name="units">All units; at first, they are all in the training part.</param>
    /// <param name="fraction">The share of each class that is wanted, 0..1.</param>
    public ValidationCounts(IReadOnlyList<SplitUnit> units, double fraction)
    {
        int classes = units.SelectMany(u => u.Classes).Select(c => c.Class).DefaultIfEmpty(-1).Max() + 1;
        (_wanted, _images, _trainingUnits) = (new double[classes], new int[classes], new int[classes]);
        foreach ((int label, int images) in units.SelectMany(u => u.Classes))
        {
            _wanted[label] += images * fraction;
            _trainingUnits[label]++;
        }
    }

    /// <summary>True if every class of the unit keeps another unit in the training part.</summary>
    public bool LeavesTraining(SplitUnit unit) => Array.TrueForAll(unit.Classes, c => _trainingUnits[c.Class] > 1);

    /// <summary>
    /// How much nearer the unit brings the counts to those wanted: the decrease of the sum of (count - wanted)^2 / wanted over the classes.
    /// </summary>
    public double Gain(SplitUnit unit) => unit.Classes.Sum(c =>
    {
        double missing = _wanted[c.Class] - _images[c.Class], after = missing - c.Images;
        return ((missing * missing) - (after * after)) / _wanted[c.Class];
    });

    /// <summary>Moves a unit from the training part to the validation part.</summary>
    public void Add(SplitUnit unit)
    {
        foreach ((int label, int images) in unit.Classes)
        {
            _images[label] += images;
            _trainingUnits[label]--;
        }
    }

    /// <summary>True if no image of the class is in the validation part.</summary>
    public bool HasNone(int label) => _images[label] == 0;
}
