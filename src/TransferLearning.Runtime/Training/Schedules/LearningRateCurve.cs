namespace TransferLearning.Runtime.Training.Schedules;

/// <summary>The learning rate of each step of a training, as a share of the highest. Immutable; thread-safe.</summary>
internal sealed class LearningRateCurve
{
    private readonly Func<double, double> _share;

    private LearningRateCurve(string name, Func<double, double> share) => (Name, _share) = (name, share);

    public string Name { get; }

    /// <summary>Rises from 0 over a part of the training, then falls to 0 along half a cosine (Loshchilov and Hutter, 2017).</summary>
    /// <param name="warmUp">The part of the training in which it rises, 0 to below 1.</param>
    public static LearningRateCurve Cosine(double warmUp = 0) => new("cosine", WithWarmUp(warmUp, t => (1 + Math.Cos(Math.PI * t)) / 2));

    /// <summary>Rises from a 25th and falls to a 250,000th, both along half a cosine (Smith, 2018, as PyTorch's OneCycleLR).</summary>
    /// <param name="warmUp">The part of the training in which it rises, above 0 and below 1.</param>
    public static LearningRateCurve OneCycle(double warmUp = 0.3)
    {
        const double Start = 1.0 / 25, End = Start / 1e4;
        Check(warmUp);
        return new("one cycle", t => t < warmUp ? Between(Start, 1, t / warmUp) : Between(1, End, (t - warmUp) / (1 - warmUp)));

        static double Between(double from, double to, double t) => to + ((from - to) * (1 + Math.Cos(Math.PI * t)) / 2);
    }

    /// <summary>Is multiplied by a factor at some points of the training.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="warmUp">The part of the training in which it rises, 0 to below 1.</param>
    /// <param name="at">The points, as parts of what follows the rise.</param>
    public static LearningRateCurve Steps(double factor, double warmUp, params double[] at) =>
        new("steps", WithWarmUp(warmUp, t => Math.Pow(factor, at.Count(a => t >= a))));

    /// <summary>Does not change after the rise.</summary>
    public static LearningRateCurve Constant(double warmUp = 0) => new("constant", WithWarmUp(warmUp, static _ => 1));

    /// <summary>The share of the highest rate at a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">The number of steps of the training.</param>
    public double ShareAt(long step, long steps) => _share(steps > 1 ? (double)step / (steps - 1) : 1);

    private static Func<double, double> WithWarmUp(double warmUp, Func<double, double> rest)
    {
        Check(warmUp);
        return t => t < warmUp ? t / warmUp : rest((t - warmUp) / (1 - warmUp));
    }

    private static void Check(double warmUp)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(warmUp, 1);
    }
}
