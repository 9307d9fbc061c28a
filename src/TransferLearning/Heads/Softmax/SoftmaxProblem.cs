using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;

namespace TransferLearning.Heads.Softmax;

/// <summary>Training rows, scaled, with all that training a head on them or on a part of them needs. For one training.</summary>
internal sealed class SoftmaxProblem
{
    private readonly SoftmaxRetrainerOptions _options;
    private readonly RetrainingContext _context;

    /// <param name="training">The rows to learn from.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="context">Seed, epochs, and the head to start from.</param>
    /// <exception cref="TransferLearningException">A feature is not a finite number, or a class weight is of no class.</exception>
    public SoftmaxProblem(LabeledBottlenecks training, SoftmaxRetrainerOptions options, RetrainingContext context)
    {
        (_options, _context) = (options, context);
        Standardization = FeatureStandardization.Measure(training.Bottlenecks, options.FeatureScaling);
        Features = Standardization.Apply(training.Bottlenecks);
        Labels = training.Labels.ToArray();
        Weights = options.ClassWeights.RowWeights(training);
        Rows = [.. Enumerable.Range(0, Labels.Length).Where(i => Weights[i] > 0)];
        Initial = context.InitialHead is { } head
            ? Standardization.Scale(head)
            : new HeadParameters(training.ClassNames.Count, training.Bottlenecks.FeatureSize);
    }

    public FeatureStandardization Standardization { get; }

    /// <summary>[n, features], scaled.</summary>
    public PaddedMatrix Features { get; }

    /// <summary>[n].</summary>
    public int[] Labels { get; }

    /// <summary>[n]: how much each row counts.</summary>
    public float[] Weights { get; }

    /// <summary>The rows that count.</summary>
    public int[] Rows { get; }

    /// <summary>What the penalty pulls towards.</summary>
    public HeadParameters Initial { get; }

    /// <summary>The maximum number of epochs.</summary>
    public int Epochs => _context.Epochs ?? _options.Epochs;

    /// <summary>An optimizer that learns from some rows.</summary>
    /// <param name="rows">Rows that count.</param>
    /// <param name="strength">Of the L2 penalty.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="warmStart">A head near the one that is sought; only L-BFGS reaches the same minimum from any start. Null for none.
    /// </param>
    /// <exception cref="OperationCanceledException">The training was canceled; the optimizer's epochs throw it too.</exception>
    public HeadOptimization Optimization(int[] rows, double strength, int threads, LinearHead? warmStart = null)
    {
        SoftmaxObjective objective = Objective(_options.LabelSmoothing, threads);
        var penalty = new L2Penalty(strength * Standardization.PenaltyFactor, Initial);
        return _options.Optimizer == HeadOptimizer.Lbfgs
            ? new LbfgsOptimization(
                objective, rows, penalty, warmStart is null ? Initial : Standardization.Scale(warmStart), _options.Tolerance)
            : new BatchOptimization(
                objective, rows, rows.Sum(r => (double)Weights[r]), penalty, Initial, _options, Epochs, _context.Seed);
    }

    /// <summary>The loss over rows that were not learned from, without label smoothing.</summary>
    public SoftmaxObjective HeldOutLoss(int threads) => Objective(labelSmoothing: 0, threads);

    private SoftmaxObjective Objective(double labelSmoothing, int threads) =>
        new(Features, Labels, Weights, Initial.Classes, labelSmoothing, threads, _context.CancellationToken);
}
