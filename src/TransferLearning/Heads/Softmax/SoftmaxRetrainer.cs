using TransferLearning.Backbones;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;
using TransferLearning.Heads.Regularization;
using TransferLearning.Heads.Softmax;

namespace TransferLearning.Heads;

/// <summary>
/// Trains a softmax head (multinomial logistic regression) in managed code on vector instructions: thousands of images take a fraction of
/// a second.
/// </summary>
/// <remarks>
/// Immutable; thread-safe; it holds nothing to dispose of. The same seed gives the same bits for any number of threads. Starting from a
/// given head (<see cref="RetrainingContext.InitialHead"/>), the L2 penalty pulls towards that head instead of towards zero (L2-SP, Li et
/// al., "Explicit inductive bias for transfer learning with convolutional networks", 2018). Among the epochs, the one with the lowest
/// validation log loss is kept; without validation images, the one with the lowest training objective.
/// </remarks>
public sealed class SoftmaxRetrainer : IRetrainer, IPenaltyChoice
{
    /// <summary>Makes a retrainer. The options are checked when a head is trained.</summary>
    /// <param name="options">Null for the defaults.</param>
    public SoftmaxRetrainer(SoftmaxRetrainerOptions? options = null) => Options = options ?? new SoftmaxRetrainerOptions();

    /// <summary>The options of the training.</summary>
    public SoftmaxRetrainerOptions Options { get; }

    /// <inheritdoc/>
    public Backbone? RequiredBackbone => null;

    bool IPenaltyChoice.IsOpen => Options.L2 is null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(RetrainingDemands demands) => Options.Validate();

    /// <inheritdoc/>
    /// <exception cref="InvalidOptionsException">The options are invalid.</exception>
    public RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        InvalidOptionsException.ThrowIfAny(Options.Validate());
        RetrainingChecks.Require(training, validation, context);

        long began = context.TimeProvider.GetTimestamp();
        var standardization = FeatureStandardization.Measure(training.Bottlenecks, Options.FeatureScaling);
        PaddedMatrix features = standardization.Apply(training.Bottlenecks);
        int[] labels = training.Labels.ToArray();
        float[] weights = Options.ClassWeights.RowWeights(training);
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => weights[i] > 0)];
        int classes = training.ClassNames.Count, epochs = context.Epochs ?? Options.Epochs;
        HeadParameters initial = context.InitialHead is { } head
            ? standardization.Scale(head)
            : new HeadParameters(classes, training.Bottlenecks.FeatureSize);

        double penaltyFactor = standardization.PenaltyFactor;
        double strength = Options.L2
            ?? L2Selection.Choose(features, labels, weights, initial, penaltyFactor, Options.LabelSmoothing, context);
        var objective = new SoftmaxObjective(features, labels, weights, classes, Options.LabelSmoothing, context.ThreadCount);
        var penalty = new L2Penalty(strength * penaltyFactor, initial);
        HeadOptimization optimization = Options.Optimizer == HeadOptimizer.Lbfgs
            ? new LbfgsOptimization(objective, rows, penalty, Start(context, standardization, initial), Options.Tolerance)
            : new BatchOptimization(objective, rows, rows.Sum(r => (double)weights[r]), penalty, initial, Options, epochs, context.Seed);
        var evaluator = HeadEvaluator.Of(validation, standardization, context.ThreadCount);
        var loop = new TrainingLoop(optimization, Options.EarlyStopping, epochs, evaluator);
        bool canceled = loop.Run(context);
        return new RetrainedHead
        {
            Head = standardization.Unscale(loop.Best),
            History = loop.History,
            BestEpoch = loop.BestEpoch,
            Seconds = context.TimeProvider.GetElapsedTime(began).TotalSeconds,
            Canceled = canceled,
            L2 = strength,
        };
    }

    /// <summary>Only L-BFGS reaches the same minimum from any start.</summary>
    private static HeadParameters Start(RetrainingContext context, FeatureStandardization standardization, HeadParameters initial) =>
        context.WarmStart is { } warm ? standardization.Scale(warm) : initial;

    IRetrainer IPenaltyChoice.WithL2(double strength) => new SoftmaxRetrainer(Options with { L2 = strength });

    FoldL2[]? IPenaltyChoice.ChooseForFolds(
        LabeledBottlenecks data, int[] foldOf, int folds, int threads, CancellationToken cancellationToken) =>
        folds < FoldL2Selection.Blocks ? null : FoldL2Selection.Choose(data, foldOf, folds, Options, threads, cancellationToken);
}
