using System.Globalization;
using TransferLearning.Heads;

namespace TransferLearning.Tuning;

/// <summary>
/// How the layers of a network are trained by gradient descent. The defaults suit the last stages of a pre-trained network on hundreds to
/// tens of thousands of images; <see cref="FromScratch"/> suits a whole network with random weights.
/// </summary>
/// <remarks>Immutable; thread-safe. They are validated before any image is read.</remarks>
public sealed record NetworkTrainingOptions
{
    /// <summary>
    /// The settings for a whole network with random weights: 30 epochs of AdamW at a rate of 0.002, with averaged weights.
    /// </summary>
    public static NetworkTrainingOptions FromScratch { get; } = new()
    {
        Epochs = 30,
        Optimizer = NetworkOptimizer.AdamW,
        LearningRate = 0.002,
        WeightDecay = 0.05,
        BatchSize = 64,
        MaxGradientNorm = 5,
        WeightAveraging = 0.999,
        HeldOutFraction = 0.05,
    };

    /// <summary>
    /// The number of epochs, 1..10,000, in each of which every training image is learned from once. The schedule of the learning rate is as
    /// long. The epoch with the lowest log loss on held-out images, at its best temperature, is kept. Default: 8.
    /// </summary>
    public int Epochs { get; init; } = 8;

    /// <summary>
    /// The full learning rate, above 0; null to have it found: it is raised over a hundred steps until the loss no longer falls (Smith,
    /// "Cyclical learning rates for training neural networks", 2017). Default: 0.003.
    /// </summary>
    public double? LearningRate { get; init; } = 0.003;

    /// <summary>How the learning rate changes. Default: <see cref="LearningRateSchedule.OneCycle"/>.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.OneCycle;

    /// <summary>
    /// What the learning rate of a stage is, as a share of that of the stage above it, above 0 and at most 1: what lies nearer to the image
    /// is more general, and changes less. Only where several stages are trained. Default: 0.3.
    /// </summary>
    public double LowerStageRate { get; init; } = 0.3;

    /// <summary>How the weights follow their gradients. Default: <see cref="NetworkOptimizer.Sgd"/>.</summary>
    public NetworkOptimizer Optimizer { get; init; } = NetworkOptimizer.Sgd;

    /// <summary>The momentum of <see cref="NetworkOptimizer.Sgd"/>, 0 or more and below 1. Default: 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the momentum looks ahead (Nesterov, 1983). Default: false.</summary>
    public bool UsesNesterov { get; init; }

    /// <summary>The decay of weights, at least 0; biases and normalizations do not decay. Default: 0.0001.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>The number of images per step, 1..1024. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The norm that the gradient of a step is scaled down to, above 0; null for no limit. Default: null.</summary>
    public double? MaxGradientNorm { get; init; }

    /// <summary>
    /// The decay of an exponential moving average of the weights, which is kept in place of the last weights (Polyak and Juditsky, 1992),
    /// above 0 and below 1; null for none. Default: null.
    /// </summary>
    public double? WeightAveraging { get; init; }

    /// <summary>
    /// The share of each image's target that is spread evenly over all classes, 0 or more and below 1 (Szegedy et al., "Rethinking the
    /// Inception architecture for computer vision", 2016). Default: 0.1.
    /// </summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>How much the images of each class count. Default: <see cref="ClassWeights.None"/>.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>
    /// The parameter of the beta distribution by which two images of a step are mixed (Zhang et al., "mixup: beyond empirical risk
    /// minimization", 2018), 0..100; 0 for no mixing. With <see cref="CutMix"/>, half of the steps use one and half the other.
    /// Default: 0.
    /// </summary>
    public double MixUp { get; init; }

    /// <summary>
    /// The parameter of the beta distribution by which a rectangle of an image is replaced by that of another (Yun et al., "CutMix", 2019),
    /// 0..100; 0 for none. Default: 0.
    /// </summary>
    public double CutMix { get; init; }

    /// <summary>
    /// The share of the training images that choose the epoch and are not learned from meanwhile, above 0 and at most 0.5. Default: 0.2.
    /// </summary>
    public double HeldOutFraction { get; init; } = 0.2;

    /// <summary>When to stop before the last epoch; null to run all. Default: after 10 epochs without improvement.</summary>
    public EarlyStopping? EarlyStopping { get; init; } = new();

    /// <summary>
    /// Whether normalizations use the statistics of each step's images and learn, else they stay as they are. The network must have batch
    /// normalizations: most files have them folded into the convolutions. Default: false. A network that is trained from random weights
    /// always uses them.
    /// </summary>
    public bool TrainsNormalization { get; init; }

    /// <summary>
    /// The file that the state of the training is written to after each epoch and every two minutes, so that a run that was stopped can
    /// continue. It stays after the end, until <see cref="RemoveCheckpoint"/>: save the model before. Training stages of a network on all
    /// images, after the choice of the epoch, has another one beside it. Null for none. Default: null.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>
    /// Whether training continues from <see cref="Checkpoint"/>, where there is such a file; else such a file is an error. The result is
    /// the same, bit by bit, as that of a run that was not stopped. Default: false.
    /// </summary>
    public bool Resumes { get; init; }

    /// <summary>Checks all options.</summary>
    /// <returns>One sentence per problem; empty if there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Check(Epochs is >= 1 and <= 10_000, $"Epochs is {Epochs}: it must be in 1..10,000");
        Check(LearningRate is null or (> 0 and <= double.MaxValue), $"LearningRate is {LearningRate}: it must be finite and above 0");
        Check(LowerStageRate is > 0 and <= 1, $"LowerStageRate is {LowerStageRate}: it must be above 0 and at most 1");
        Check(Enum.IsDefined(Optimizer), $"Optimizer is {Optimizer}: it must be {string.Join(" or ", Enum.GetNames<NetworkOptimizer>())}");
        Check(Momentum is >= 0 and < 1, $"Momentum is {Momentum}: it must be at least 0 and below 1");
        Check(WeightDecay is >= 0 and <= double.MaxValue, $"WeightDecay is {WeightDecay}: it must be finite and at least 0");
        Check(BatchSize is >= 1 and <= 1024, $"BatchSize is {BatchSize}: it must be in 1..1024");
        Check(MaxGradientNorm is null or (> 0 and <= double.MaxValue), $"MaxGradientNorm is {MaxGradientNorm}: it must be above 0");
        Check(WeightAveraging is null or (> 0 and < 1), $"WeightAveraging is {WeightAveraging}: it must be above 0 and below 1");
        Check(LabelSmoothing is >= 0 and < 1, $"LabelSmoothing is {LabelSmoothing}: it must be at least 0 and below 1");
        Check(MixUp is >= 0 and <= 100, $"MixUp is {MixUp}: it must be in 0..100");
        Check(CutMix is >= 0 and <= 100, $"CutMix is {CutMix}: it must be in 0..100");
        Check(HeldOutFraction is > 0 and <= 0.5, $"HeldOutFraction is {HeldOutFraction}: it must be above 0 and at most 0.5");
        Check(!Resumes || Checkpoint is not null, "Resumes is set, but there is no Checkpoint: name the file to continue from");
        ClassWeights.Validate(problems);
        EarlyStopping?.Validate(problems);
        LearningRateSchedule.Validate(problems);
        return problems;

        void Check(bool valid, string problem)
        {
            if (!valid)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>Removes the checkpoint, where there is one.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to remove it.</exception>
    public void RemoveCheckpoint()
    {
        if (Checkpoint is { } path)
        {
            // In this order, so that what is left of a process that is killed meanwhile is a training that can continue.
            File.Delete(FinalCheckpoint(path));
            File.Delete(path);
        }
    }

    /// <summary>The checkpoint of the training of stages on all images, beside that of the training with held-out ones.</summary>
    internal static string FinalCheckpoint(string path) => path + ".all";

    /// <summary>All that decides the result, in words that are equal for equal settings.</summary>
    internal string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Epochs} epochs, rate {LearningRate}, {LearningRateSchedule}, lower stages {LowerStageRate}, {Optimizer} {Momentum} "
        + $"{UsesNesterov}, decay {WeightDecay}, batch {BatchSize}, norm {MaxGradientNorm}, average {WeightAveraging}, "
        + $"smoothing {LabelSmoothing}, mixup {MixUp}, cutmix {CutMix}, held out {HeldOutFraction}, "
        + $"stopping {EarlyStopping?.Patience} {EarlyStopping?.MinDelta}, normalization {TrainsNormalization}"
        + $"{(ClassWeights.Description is { Length: > 0 } weights ? $", class weights {weights}" : "")}");
}
