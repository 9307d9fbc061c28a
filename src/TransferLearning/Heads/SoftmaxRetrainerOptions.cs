namespace TransferLearning.Heads;

/// <summary>The options of a <see cref="SoftmaxRetrainer"/>. The defaults suit tens to tens of thousands of images.</summary>
/// <remarks>Immutable; thread-safe. They are validated before a head is trained, and by a pipeline before it reads any image.</remarks>
public sealed record SoftmaxRetrainerOptions
{
    /// <summary>How the weights are found. Default: <see cref="HeadOptimizer.Lbfgs"/>.</summary>
    public HeadOptimizer Optimizer { get; init; } = HeadOptimizer.Lbfgs;

    /// <summary>The maximum number of epochs, 1..100,000. For L-BFGS, of iterations. Default: 200.</summary>
    public int Epochs { get; init; } = 200;

    /// <summary>
    /// The strength of the L2 penalty on the weights (not the biases), 0 or more: training minimizes the sum of the images' losses plus
    /// L2 / 2 * |weights|^2, where the weights are those of the scaled features. Null: it is chosen from 316, 100, 31.6 ... 0.316 by the
    /// log loss of an inner cross-validation over the training images, which takes most of the training time. Default: null.
    /// </summary>
    /// <remarks>
    /// With <see cref="FeatureScaling.None"/>, scikit-learn's LogisticRegression has C = 1 / L2; for two classes C = 2 / L2, as it then
    /// has one weight per feature where this has two.
    /// </remarks>
    public double? L2 { get; init; }

    /// <summary>How the bottlenecks are scaled before training. Default: <see cref="FeatureScaling.Common"/>.</summary>
    public FeatureScaling FeatureScaling { get; init; } = FeatureScaling.Common;

    /// <summary>How much the images of each class count. Default: <see cref="ClassWeights.None"/>.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>
    /// The share of each image's target that is spread evenly over all classes, 0 or more and below 1 (Szegedy et al., "Rethinking the
    /// Inception architecture for computer vision", 2016). Default: 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// When to stop before the last epoch; null to run all epochs. With Nesterov, Adam, an <see cref="L2"/> below 0.316, or one that is
    /// given where training starts from a head, the number of epochs is chosen: the one with the lowest mean log loss over five inner folds
    /// of the training images. The head is then trained on all of these for as many epochs. Default: after 10 epochs without improvement.
    /// </summary>
    public EarlyStopping? EarlyStopping { get; init; } = new();

    /// <summary>
    /// L-BFGS stops once no component of the gradient of the mean loss exceeds this; above 0. Default: 0.000001.
    /// </summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The number of images per step of Nesterov and Adam, at least 1. Default: 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// The full learning rate of Nesterov and Adam, above 0; null for 0.01 with Nesterov and 0.001 with Adam. Default: null.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate of Nesterov and Adam changes. Default: <see cref="LearningRateSchedule.Cosine"/>.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>The momentum of Nesterov, 0 or more and below 1. Default: 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Checks all options.</summary>
    /// <returns>One sentence per problem; empty if there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Check(Enum.IsDefined(Optimizer), $"Optimizer is {Optimizer}: it must be one of {Names<HeadOptimizer>()}");
        Check(Epochs is >= 1 and <= 100_000, $"Epochs is {Epochs}: it must be in 1..100,000");
        Check(L2 is null or (>= 0 and <= double.MaxValue), $"L2 is {L2}: it must be finite and at least 0, or null to have it chosen");
        Check(Enum.IsDefined(FeatureScaling), $"FeatureScaling is {FeatureScaling}: it must be one of {Names<FeatureScaling>()}");
        Check(LabelSmoothing is >= 0 and < 1, $"LabelSmoothing is {LabelSmoothing}: it must be at least 0 and below 1");
        Check(Tolerance is > 0 and <= double.MaxValue, $"Tolerance is {Tolerance}: it must be finite and above 0");
        Check(BatchSize >= 1, $"BatchSize is {BatchSize}: it must be at least 1");
        Check(LearningRate is null or (> 0 and <= double.MaxValue), $"LearningRate is {LearningRate}: it must be finite and above 0");
        Check(Momentum is >= 0 and < 1, $"Momentum is {Momentum}: it must be at least 0 and below 1");
        ClassWeights.Validate(problems);
        EarlyStopping?.Validate(problems);
        LearningRateSchedule.Validate(problems);
        return problems;

        static string Names<T>()
            where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());

        void Check(bool valid, string problem)
        {
            if (!valid)
            {
                problems.Add(problem);
            }
        }
    }
}
