namespace TransferLearning.Heads;

/// <summary>How the learning rate of <see cref="HeadOptimizer.Nesterov"/> and <see cref="HeadOptimizer.Adam"/> changes during training.
/// Immutable.</summary>
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

    /// <summary>From the full rate down to 0 along half a cosine (Loshchilov and Hutter, 2017). The default.</summary>
    public static LearningRateSchedule Cosine { get; } = new(Shape.Cosine, 1);

    /// <summary>Epochs at the start during which the rate rises in proportion from 0 to full; at least 0. Default: 0.</summary>
    public double WarmUpEpochs { get; init; }

    private Shape Kind { get; }

    private double Decay { get; }

    /// <summary>The rate times <paramref name="decay"/> after each epoch.</summary>
    /// <param name="decay">Above 0, at most 1.</param>
    public static LearningRateSchedule Exponential(double decay) => new(Shape.Exponential, decay);

    /// <summary>The factor on the full learning rate.</summary>
    /// <param name="epoch">The epochs done so far, with the fraction of the present one.</param>
    /// <param name="epochs">All epochs.</param>
    internal double Factor(double epoch, int epochs)
    {
        if (epoch < WarmUpEpochs)
        {
            return epoch / WarmUpEpochs;
        }

        double done = Math.Clamp((epoch - WarmUpEpochs) / Math.Max(epochs - WarmUpEpochs, double.Epsilon), 0, 1);
        return Kind switch
        {
            Shape.Cosine => 0.5 * (1 + Math.Cos(Math.PI * done)),
            Shape.Exponential => Math.Pow(Decay, Math.Floor(epoch - WarmUpEpochs)),
            _ => 1,
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
