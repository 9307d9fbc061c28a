using TransferLearning.Heads.Objective;
using TransferLearning.Numerics;

namespace TransferLearning.Heads.Optimization;

/// <summary>Trains a head by L-BFGS: an epoch is an iteration over all rows. Not thread-safe.</summary>
internal sealed class LbfgsOptimization : HeadOptimization
{
    private readonly SoftmaxObjective _objective;
    private readonly L2Penalty _penalty;
    private readonly HeadParameters _trial;
    private readonly int[] _rows;
    private readonly double _tolerance;
    private readonly Lbfgs _lbfgs;
    private HeadLoss _last;

    /// <param name="objective">The sum of losses.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="penalty">The L2 penalty.</param>
    /// <param name="start">The parameters to start from; they are not changed.</param>
    /// <param name="tolerance">The largest component of the gradient that still counts as 0.</param>
    public LbfgsOptimization(SoftmaxObjective objective, int[] rows, L2Penalty penalty, HeadParameters start, double tolerance)
    {
        (_objective, _rows, _penalty, _tolerance) = (objective, rows, penalty, tolerance);
        (Parameters, _trial) = (start.Clone(), start.Clone());
        double[] point = new double[start.Length];
        start.CopyTo(point);
        _lbfgs = new Lbfgs(Evaluate, point);
        Settle();
    }

    public override HeadParameters Parameters { get; }

    public override bool RunEpoch()
    {
        if (_lbfgs.GradientSize <= _tolerance || !_lbfgs.Step())
        {
            return false;
        }

        Settle();
        return true;
    }

    private double Evaluate(double[] point, double[] gradient)
    {
        _trial.CopyFrom(point);

        // The losses are those of the parameters rounded to single precision: the optimizer gets the rounded point back.
        _trial.CopyTo(point);
        _last = _objective.Evaluate(_trial, _rows, gradient);
        _penalty.AddGradient(_trial, 1, gradient);
        DenseVector.Scale(gradient, 1 / _last.Weight);
        return (_last.Total + _penalty.Value(_trial)) / _last.Weight;
    }

    /// <summary>Copies the point that the optimizer moved to, which is also the last that it evaluated.</summary>
    private void Settle()
    {
        Parameters.CopyFrom(_lbfgs.Point);
        Objective = _lbfgs.Value;
        TrainingLoss = Objective - (_penalty.Value(Parameters) / _last.Weight);
        TrainingAccuracy = _last.Accuracy;
    }
}
