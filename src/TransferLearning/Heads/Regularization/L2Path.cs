using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;

namespace TransferLearning.Heads.Regularization;

/// <summary>
/// Heads trained with ever weaker L2 penalties, each going on from the one before, which makes all of them hardly dearer than one.
/// Not thread-safe.
/// </summary>
/// <param name="training">The loss to train by.</param>
/// <param name="judging">The loss to compare by.</param>
/// <param name="trainRows">The rows to learn from.</param>
/// <param name="center">What the penalty pulls towards, and where training starts.</param>
/// <param name="penaltyFactor">See <see cref="FeatureStandardization.PenaltyFactor"/>.</param>
internal sealed class L2Path(
    SoftmaxObjective training, SoftmaxObjective judging, int[] trainRows, HeadParameters center, double penaltyFactor)
{
    private const int MaxIterations = 40;
    private const double Tolerance = 1e-4;

    // A strength's loss need not be exact to be compared with its neighbors', which lie percents apart.
    private const double MinGain = 3e-4;

    private readonly HeadParameters _center = center;

    /// <summary>Half decades, from strong to weak.</summary>
    public static IReadOnlyList<double> Strengths { get; } = [316, 100, 31.6, 10, 3.16, 1, 0.316];

    /// <summary>The head at hand.</summary>
    public HeadParameters Parameters { get; private set; } = center;

    /// <summary>Goes on to a strength.</summary>
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

    /// <summary>The loss of the head at hand over rows that were not learned from.</summary>
    public HeadLoss Judge(int[] rows) => judging.Evaluate(Parameters, rows);
}
