using TransferLearning.Evaluation;
using TransferLearning.Strategies;

namespace TransferLearning.Advice;

/// <summary>What a short trial says of training the last stage of the network too, beside the head alone
/// (<see cref="FineTuningOptions.UnfrozenStages"/>).</summary>
/// <remarks>
/// Immutable; thread-safe. The trial cross-validates on a part of the images: each image is predicted by a head, and by a network with a
/// tuned stage, that have not learned from it. Both have learned from the same images.
/// </remarks>
public sealed record UnfreezingAdvice
{
    /// <summary>True if the tuned stage does better by more than noise: the whole of <see cref="DifferenceInterval"/> is above 0.</summary>
    public bool IsRecommended => DifferenceInterval.Lower > 0;

    /// <summary>The number of last stages that were trained.</summary>
    public required int Stages { get; init; }

    /// <summary>The number of stages of the network.</summary>
    public required int NetworkStages { get; init; }

    /// <summary>The number of images that both were evaluated on, at most 600.</summary>
    public required int Images { get; init; }

    /// <summary>The number of images that each head and each stage has learned from: the mean over the folds.</summary>
    public required double TrainImages { get; init; }

    /// <summary>The number of classes of these images, at most 40.</summary>
    public required int Classes { get; init; }

    /// <summary>The accuracy of the head alone, 0..1.</summary>
    public required double HeadAccuracy { get; init; }

    /// <summary>
    /// The accuracy with the tuned stage, 0..1. In a fold where the head alone does better on held-out training images, it is that of the
    /// head, as in fine-tuning.
    /// </summary>
    public required double TunedAccuracy { get; init; }

    /// <summary>The accuracy that tuning adds, -1..1.</summary>
    public double Difference => TunedAccuracy - HeadAccuracy;

    /// <summary>
    /// The 95 % confidence interval of <see cref="Difference"/>, over the images that only one of the two classifies correctly (Agresti and
    /// Min, "Simple improved confidence intervals for comparing matched proportions", 2005). It does not count what another seed of the
    /// training would change.
    /// </summary>
    public required ConfidenceInterval DifferenceInterval { get; init; }

    /// <summary>The time that the trial took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// The longest time that fine-tuning with the tuned stage is expected to take on all images, without views and with its default
    /// settings, in seconds: estimated from the trial.
    /// </summary>
    public required double SecondsForAll { get; init; }

    /// <summary>The room that fine-tuning on all images takes in the bottleneck cache, in bytes; 0 where the stage begins with the image.
    /// </summary>
    public required long MapBytesForAll { get; init; }
}
