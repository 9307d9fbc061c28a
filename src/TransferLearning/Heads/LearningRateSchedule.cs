using System.Diagnostics;

namespace TransferLearning.Heads;

/// <summary>How the learning rate of <see cref="HeadOptimizer.Nesterov"/> and <see cref="HeadOptimizer.Adam"/> changes during
/// training.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record LearningRateSchedule
{
    private enum Shape
    {
        Constant,
        Cosine,
        Exponential,
    }

    private LearningRateSchedule(Shape shape, double decay) => (Kind, Decay) = (shape, decay);

    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new(Shape.Constant, 1);

    /// <summary>
    /// From the full rate down to 0 along half a cosine (Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts",
    /// 2017). The default.
    /// </summary>
    public static LearningRateSchedule Cosine { get; } = new(Shape.Cosine, 1);

    /// <summary>The epochs at the start over which the rate rises linearly from 0 to the full rate; at least 0. Default: 0.</summary>
    public double WarmUpEpochs { get; init; }

    private Shape Kind { get; }

    private double Decay { get; }

    /// <summary>Multiplies the rate by <paramref name="decay"/> after each epoch.</summary>
    /// <param name="decay">Above 0 and at most 1: training refuses other values.</param>
    public static LearningRateSchedule Exponential(double decay) => new(Shape.Exponential, decay);

    /// <summary>The factor to multiply the full learning rate by.</summary>
    /// <param name="epoch">The epochs finished so far, with the fraction of the current one.</param>
    /// <param name="epochs">The number of epochs.</param>
    internal double Factor(double epoch, int epochs)
    {
        if (epoch < WarmUpEpochs)
        {
            return epoch / WarmUpEpochs;
        }

        double done = Math.Clamp((epoch - WarmUpEpochs) / Math.Max(epochs - WarmUpEpochs, double.Epsilon), 0, 1);
        return Kind switch
        {
            Shape.Constant => 1,
            Shape.Cosine => 0.5 * (1 + Math.Cos(Math.PI * done)),
            Shape.Exponential => Math.Pow(Decay, Math.Floor(epoch - WarmUpEpochs)),
            _ => throw new UnreachableException($"{Kind} is no shape of a schedule"),
        };
    }

    internal void Validate(List<string> problems)
    {
        if (!double.IsFinite(WarmUpEpochs) || WarmUpEpochs < 0)
        {
            problems.Add($"LearningRateSchedule.WarmUpEpochs is {WarmUpEpochs}: it must be finite and at least 0");
        }

        if (!(Decay is > 0 and <= 1))
        {
            problems.Add($"the decay of the exponential learning-rate schedule is {Decay}: it must be above 0 and at most 1");
        }
    }
}
