namespace TransferLearning.Numerics;

/// <summary>
/// Limited-memory BFGS (Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", 1989) with a bracketing line
/// search for the weak Wolfe conditions (Lewis and Overton, "Nonsmooth optimization via quasi-Newton methods", 2013). Minimizes a smooth
/// function. Not thread-safe.
/// </summary>
internal sealed class Lbfgs
{
    private const int Memory = 10;
    private const int MaxEvaluations = 20;
    private const double SufficientDecrease = 1e-4;
    private const double SufficientCurvature = 0.9;
    private const double ValueNoise = 1e-7;

    private readonly Function _function;
    private readonly Queue<Correction> _corrections = new();
    private double[] _gradient;
    private double[] _trialPoint;
    private double[] _trialGradient;

    /// <param name="function">The function to minimize.</param>
    /// <param name="start">The point to start from; the optimizer takes ownership of the array.</param>
    public Lbfgs(Function function, double[] start)
    {
        (_function, Point) = (function, start);
        (_gradient, _trialPoint, _trialGradient) = (new double[start.Length], new double[start.Length], new double[start.Length]);
        Value = function(Point, _gradient);
    }

    /// <summary>The value at a point; the gradient there is written in full. The point may be rounded in place.</summary>
    public delegate double Function(double[] point, double[] gradient);

    /// <summary>The best point so far.</summary>
    public double[] Point { get; private set; }

    /// <summary>The value of the function at <see cref="Point"/>.</summary>
    public double Value { get; private set; }

    /// <summary>The largest magnitude of a component of the gradient at <see cref="Point"/>.</summary>
    public double GradientSize => DenseVector.LargestMagnitude(_gradient);

    /// <summary>Moves to a lower point.</summary>
    /// <returns>False if no lower one is found: the minimum is reached, up to rounding errors.</returns>
    public bool Step()
    {
        double[] direction = Direction();
        double slope = DenseVector.Dot(direction, _gradient);
        if (!(slope < 0))
        {
            // Rounding errors have spoiled the estimate of the curvature: start again from the gradient.
            _corrections.Clear();
            direction = Direction();
            slope = DenseVector.Dot(direction, _gradient);
        }

        return slope < 0 && Search(direction, slope);
    }

    private double[] Direction()
    {
        double[] direction = new double[_gradient.Length];
        DenseVector.AddScaled(direction, -1, _gradient);
        double[] factors = new double[_corrections.Count];
        Correction[] corrections = [.. _corrections];
        for (int i = corrections.Length - 1; i >= 0; i--)
        {
            factors[i] = DenseVector.Dot(corrections[i].Step, direction) / corrections[i].Curvature;
            DenseVector.AddScaled(direction, -factors[i], corrections[i].Change);
        }

        DenseVector.Scale(direction, corrections.Length > 0
            ? corrections[^1].Curvature / DenseVector.Dot(corrections[^1].Change, corrections[^1].Change)
            : 1 / Math.Max(1, Math.Sqrt(DenseVector.Dot(_gradient, _gradient))));
        for (int i = 0; i < corrections.Length; i++)
        {
            double factor = DenseVector.Dot(corrections[i].Change, direction) / corrections[i].Curvature;
            DenseVector.AddScaled(direction, factors[i] - factor, corrections[i].Step);
        }

        return direction;
    }

    private bool Search(double[] direction, double slope)
    {
        double length = 1, tooShort = 0, tooLong = double.PositiveInfinity;
        bool lower = false;
        for (int evaluation = 0; evaluation < MaxEvaluations; evaluation++)
        {
            Point.CopyTo(_trialPoint, 0);
            DenseVector.AddScaled(_trialPoint, length, direction);
            double value = _function(_trialPoint, _trialGradient);
            double trialSlope = DenseVector.Dot(_trialGradient, direction);
            if (!(value <= Value + (SufficientDecrease * length * slope)) && !MeetsApproximateWolfe(value, trialSlope, slope))
            {
                tooLong = length;
            }
            else if (trialSlope < SufficientCurvature * slope)
            {
                tooShort = length;
                lower = value < Value;
            }
            else
            {
                return Accept(value);
            }

            length = double.IsPositiveInfinity(tooLong) ? 2 * tooShort : (tooShort + tooLong) / 2;
        }

        if (!lower)
        {
            return false;
        }

        // Back to the last point that was low enough; its gradient has been overwritten.
        Point.CopyTo(_trialPoint, 0);
        DenseVector.AddScaled(_trialPoint, tooShort, direction);
        return Accept(_function(_trialPoint, _trialGradient));
    }

    /// <summary>
    /// The approximate Wolfe condition (Hager and Zhang, "A new conjugate gradient method with guaranteed descent and an efficient line
    /// search", 2005): near the minimum, values of single precision no longer distinguish points, but slopes still do.
    /// </summary>
    private bool MeetsApproximateWolfe(double value, double trialSlope, double slope) =>
        value <= Value + (ValueNoise * Math.Abs(Value)) && trialSlope <= ((2 * SufficientDecrease) - 1) * slope;

    private bool Accept(double value)
    {
        Correction correction = _corrections.Count == Memory ? _corrections.Dequeue() : new Correction(Point.Length);
        correction.Set(Point, _trialPoint, _gradient, _trialGradient);
        if (correction.Curvature > 1e-12 * DenseVector.Dot(correction.Change, correction.Change))
        {
            _corrections.Enqueue(correction);
        }

        (Point, _trialPoint) = (_trialPoint, Point);
        (_gradient, _trialGradient) = (_trialGradient, _gradient);
        Value = value;
        return true;
    }

    /// <summary>A step and the change of the gradient over it, from which the curvature is estimated.</summary>
    private sealed class Correction(int length)
    {
        public double[] Step { get; } = new double[length];

        public double[] Change { get; } = new double[length];

        public double Curvature { get; private set; }

        public void Set(double[] from, double[] to, double[] gradientFrom, double[] gradientTo)
        {
            for (int i = 0; i < Step.Length; i++)
            {
                Step[i] = to[i] - from[i];
                Change[i] = gradientTo[i] - gradientFrom[i];
            }

            Curvature = DenseVector.Dot(Step, Change);
        }
    }
}
