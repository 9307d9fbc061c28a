using TransferLearning.Backbones;
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
/// al., "Explicit inductive bias for transfer learning with convolutional networks", 2018). What is chosen, the penalty and the number of
/// epochs, is chosen by the log loss over five inner folds of the training images. With fewer than five images, or where a fold cannot be
/// left out (one group, two classes of one group each), nothing is chosen: the penalty is 10, and training runs to the lowest training
/// objective.
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
        try
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            return Retrain(new SoftmaxProblem(training, Options, context), validation, context, began);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // Canceled before the first epoch: what half the folds have chosen means nothing.
            return new RetrainedHead
            {
                Head = context.InitialHead ?? Zero(training),
                History = [],
                BestEpoch = 0,
                Seconds = context.TimeProvider.GetElapsedTime(began).TotalSeconds,
                Canceled = true,
                L2 = Options.L2,
            };
        }
    }

    private static LinearHead Zero(LabeledBottlenecks data)
    {
        int classes = data.ClassNames.Count, features = data.Bottlenecks.FeatureSize;
        return new LinearHead(classes, features, new float[classes * features], new float[classes]);
    }

    private RetrainedHead Retrain(SoftmaxProblem problem, LabeledBottlenecks? validation, RetrainingContext context, long began)
    {
        // Where the epoch is chosen, that brings predictions of its own.
        RetrainingContext choosing = context with { PredictsHeldOut = context.PredictsHeldOut && !ChoosesEpoch(context) };
        L2Choice? penalty = Options.L2 is null ? ChooseL2(problem, choosing) : null;
        double strength = penalty?.Strength ?? Options.L2!.Value;
        (int? epochs, HeldOutPredictions? heldOut) = RunInnerFolds(problem, strength, penalty, context);
        var loop = new TrainingLoop(
            problem.Optimization(problem.Rows, strength, context.ThreadCount, context.WarmStart),
            epochs is null ? Options.EarlyStopping : null,
            epochs ?? problem.Epochs,
            HeadEvaluator.Of(validation, problem.Standardization, context.ThreadCount, context.CancellationToken))
        {
            KeepsLast = epochs is not null,
        };
        bool canceled = loop.Run(context);
        return new RetrainedHead
        {
            Head = problem.Standardization.Unscale(loop.Best),
            History = loop.History,
            BestEpoch = loop.BestEpoch,
            Seconds = context.TimeProvider.GetElapsedTime(began).TotalSeconds,
            Canceled = canceled,
            L2 = strength,
            EpochLimit = !canceled && loop.History.Count == problem.Epochs ? problem.Epochs : null,
            HeldOut = canceled ? null : heldOut,
        };
    }

    private L2Choice ChooseL2(SoftmaxProblem problem, RetrainingContext context) => L2Selection.Choose(
        problem.Features,
        problem.Labels,
        problem.Weights,
        problem.Initial,
        problem.Standardization.PenaltyFactor,
        Options.LabelSmoothing,
        context);

    /// <summary>The number of epochs, where inner folds choose it; else null. And the folds' predictions, where they are there or asked
    /// for.</summary>
    private (int? Epochs, HeldOutPredictions? HeldOut) RunInnerFolds(
        SoftmaxProblem problem, double strength, L2Choice? penalty, RetrainingContext context)
    {
        bool choosesEpoch = ChoosesEpoch(context);
        if (!choosesEpoch && (penalty is not null || !context.PredictsHeldOut))
        {
            return (penalty is { KeepsStart: true } ? 0 : null, penalty?.HeldOut);
        }

        if (InnerFolds.Divide(problem.Labels, problem.Weights, context) is not { } folds)
        {
            return (null, null);
        }

        var inner = new InnerTraining(problem, folds, strength, Options.EarlyStopping, context);
        if (!choosesEpoch)
        {
            return (null, inner.Predict());
        }

        EpochChoice choice = inner.ChooseEpoch();
        return (choice.Epochs, choice.HeldOut);
    }

    /// <summary>
    /// Where a strong enough penalty keeps the weights small, L-BFGS trains to the optimum. Elsewhere the number of epochs limits what is
    /// learned by heart, or how far training goes from the head that it starts from.
    /// </summary>
    private bool ChoosesEpoch(RetrainingContext context) => Options.EarlyStopping is not null
        && (Options.Optimizer != HeadOptimizer.Lbfgs
            || (Options.L2 is { } given && (given < L2Path.Strengths[^1] || context.InitialHead is not null)));

    IRetrainer IPenaltyChoice.WithL2(double strength) => new SoftmaxRetrainer(Options with { L2 = strength });

    FoldL2[]? IPenaltyChoice.ChooseForFolds(
        LabeledBottlenecks data, int images, int[] foldOf, int folds, int threads, CancellationToken cancellationToken) =>
        folds < FoldL2Selection.Blocks ? null : FoldL2Selection.Choose(data, images, foldOf, folds, Options, threads, cancellationToken);
}
