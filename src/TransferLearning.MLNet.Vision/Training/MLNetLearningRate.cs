namespace TransferLearning.MLNet.Vision;

/// <summary>The learning rate of the trainer's gradient descent. Immutable.</summary>
/// <remarks>
/// ML.NET's own options have a rate and a schedule, and ignore the rate unless the schedule is set to null. Here, both are one setting.
/// </remarks>
public sealed record MLNetLearningRate
{
    private MLNetLearningRate(double initial, double epochsPerDecay, double decay) =>
        (Initial, EpochsPerDecay, Decay) = (initial, epochsPerDecay, decay);

    /// <summary>The trainer's own default: 0.01, multiplied by 0.94 after every second epoch.</summary>
    public static MLNetLearningRate Default { get; } = Exponential(0.01, 2, 0.94);

    /// <summary>The rate of the first epoch.</summary>
    public double Initial { get; }

    /// <summary>The number of epochs after which the rate falls; 0 where it is constant.</summary>
    public double EpochsPerDecay { get; }

    /// <summary>The factor by which the rate is then multiplied; 1 where it is constant.</summary>
    public double Decay { get; }

    /// <summary>True where the rate is the same in all epochs.</summary>
    public bool IsConstant => EpochsPerDecay == 0;

    /// <summary>The same rate in all epochs.</summary>
    /// <param name="rate">The rate, finite and above 0.</param>
    public static MLNetLearningRate Constant(double rate) => new(rate, 0, 1);

    /// <summary>A rate that falls in steps.</summary>
    /// <param name="initial">The rate of the first epoch, finite and above 0.</param>
    /// <param name="epochsPerDecay">The number of epochs after which the rate falls, at least 1.</param>
    /// <param name="decay">The factor by which the rate is then multiplied, above 0 and at most 1.</param>
    public static MLNetLearningRate Exponential(double initial, double epochsPerDecay, double decay) => new(initial, epochsPerDecay, decay);

    internal void Validate(List<string> problems)
    {
        if (!(Initial is > 0 and <= float.MaxValue))
        {
            problems.Add($"the learning rate is {Initial}: it must be finite and above 0");
        }

        if (!IsConstant && !(EpochsPerDecay is >= 1 and <= int.MaxValue))
        {
            problems.Add($"the learning rate falls after every {EpochsPerDecay} epochs: it must be at least 1");
        }

        if (!(Decay is > 0 and <= 1))
        {
            problems.Add($"the learning rate falls by the factor {Decay}: it must be above 0 and at most 1");
        }
    }
}
