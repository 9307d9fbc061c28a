using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace TransferLearning.Heads;

/// <summary>How the learning rate changes during training: that of <see cref="HeadOptimizer.Nesterov"/> and
/// <see cref="HeadOptimizer.Adam"/>, and that of the layers of a network.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record LearningRateSchedule
{
    // Of one cycle: what the rate rises from and falls to, as shares of the full one, and how much of the training it rises.
    private const double CycleStart = 1.0 / 25, CycleEnd = CycleStart / 1e4, CycleRise = 0.3;

    private enum Shape
    {
        Constant,
        Cosine,
        Exponential,
        OneCycle,
        Steps,
    }

    private LearningRateSchedule(Shape shape, double decay, params ImmutableArray<double> steps) =>
        (Kind, Decay, At) = (shape, decay, steps);

    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new(Shape.Constant, 1);

    /// <summary>
    /// From the full rate down to 0 along half a cosine (Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts",
    /// 2017). The default.
    /// </summary>
    public static LearningRateSchedule Cosine { get; } = new(Shape.Cosine, 1);

    /// <summary>
    /// From a 25th up to the full rate over three tenths of the training, then down to a 250,000th, both along half a cosine (Smith and
    /// Topin, "Super-convergence", 2018, with the numbers of PyTorch's OneCycleLR). It has its own rise: leave
    /// <see cref="WarmUpEpochs"/> at 0.
    /// </summary>
    public static LearningRateSchedule OneCycle { get; } = new(Shape.OneCycle, 1);

    /// <summary>The epochs at the start over which the rate rises linearly from 0 to the full rate; at least 0. Default: 0.</summary>
    public double WarmUpEpochs { get; init; }

    private Shape Kind { get; }

    private double Decay { get; }

    private ImmutableArray<double> At { get; }

    /// <summary>Multiplies the rate by <paramref name="decay"/> after each epoch.</summary>
    /// <param name="decay">Above 0 and at most 1: training refuses other values.</param>
    public static LearningRateSchedule Exponential(double decay) => new(Shape.Exponential, decay);

    /// <summary>Multiplies the rate by a factor at some points of the training.</summary>
    /// <param name="factor">Above 0 and at most 1, such as 0.1: training refuses other values.</param>
    /// <param name="at">The points, as parts of what follows the warm-up, 0 to 1: 0.5 and 0.75 for half and three quarters.</param>
    public static LearningRateSchedule Steps(double factor, params ReadOnlySpan<double> at) => new(Shape.Steps, factor, [.. at]);

    /// <summary>The shape and its numbers, equal for schedules that are the same.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind}, warm-up {WarmUpEpochs}, decay {Decay}, at {string.Join(' ', At)}");

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
            Shape.OneCycle => done < CycleRise
                ? AlongCosine(CycleStart, 1, done / CycleRise)
                : AlongCosine(1, CycleEnd, (done - CycleRise) / (1 - CycleRise)),
            Shape.Steps => Math.Pow(Decay, At.Count(p => done >= p)),
            _ => throw new UnreachableException($"{Kind} is no shape of a schedule"),
        };
    }

    /// <summary>Whether the other schedule gives the same rates.</summary>
    /// <param name="other">The other schedule.</param>
    public bool Equals(LearningRateSchedule? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    internal void Validate(List<string> problems)
    {
        if (!double.IsFinite(WarmUpEpochs) || WarmUpEpochs < 0)
        {
            problems.Add($"LearningRateSchedule.WarmUpEpochs is {WarmUpEpochs}: it must be finite and at least 0");
        }

        if (!(Decay is > 0 and <= 1))
        {
            string name = Kind == Shape.Steps ? "factor of the stepped" : "decay of the exponential";
            problems.Add($"the {name} learning-rate schedule is {Decay}: it must be above 0 and at most 1");
        }

        if (Kind == Shape.OneCycle && WarmUpEpochs != 0)
        {
            problems.Add($"LearningRateSchedule.WarmUpEpochs is {WarmUpEpochs}: one cycle has its own rise, leave it at 0");
        }

        if (At.Any(p => !(p is >= 0 and <= 1)))
        {
            problems.Add($"the learning rate is to change at {string.Join(", ", At)} of the training: each must be 0 to 1");
        }
    }

    private static double AlongCosine(double from, double to, double done) => to + ((from - to) * (1 + Math.Cos(Math.PI * done)) / 2);
}
