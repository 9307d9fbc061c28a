using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;

namespace TransferLearning.Heads.Regularization;

/// <summary>
/// Heads trained with successively weaker L2 penalties, each starting from the one before: all of them cost little more than one.
/// Not thread-safe.
/// </summary>
/// <param name="training">The loss to minimize.</param>
/// <param name="validation">The loss to compare strengths by.</param>
/// <param name="trainRows">The rows to learn from.</param>
/// <param name="center">What the penalty pulls towards, and what training starts from.</param>
/// <param name="penaltyFactor">See <see cref="FeatureStandardization.PenaltyFactor"/>.</param>
internal sealed class L2Path(
    SoftmaxObjective training, SoftmaxObjective validation, int[] trainRows, HeadParameters center, double penaltyFactor)
{
    private const int MaxIterations = 40;
    private const double Tolerance = 1e-4;

    // The losses of neighboring strengths differ by percents, so they need not be exact.
    private const double MinGain = 3e-4;

    private readonly HeadParameters _center = center;

    /// <summary>The strengths to try, from strong to weak, two per decade.</summary>
    public static IReadOnlyList<double> Strengths { get; } = [316, 100, 31.6, 10, 3.16, 1, 0.316];

    /// <summary>The current parameters, from which the next strength starts. Default: the center.</summary>
    public HeadParameters Parameters { get; set; } = center;

    /// <summary>Trains with a strength, starting from the current parameters.</summary>
    public void Train(double strength)
    {
        var penalty = new L2Penalty(strength * penaltyFactor, _center);
        var optimization = new LbfgsOptimization(training, trainRows, penalty, Parameters, Tolerance);
        double last = double.PositiveInfinity;
        for (int i = 0; i < MaxIterations && optimization.Objective < (1 - MinGain) * last; i++)
        {
            last = optimization.Objective;
            optimization.RunEpoch();
        }

        Parameters = optimization.Parameters;
    }

    /// <summary>The loss of the current parameters over rows that were not learned from.</summary>
    public HeadLoss Evaluate(int[] rows) => validation.Evaluate(Parameters, rows);
}
