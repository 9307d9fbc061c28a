using TransferLearning.Backbones;

namespace TransferLearning.Advice;

/// <summary>What speaks for a backbone and what it costs, on one data set. Immutable.</summary>
public sealed record BackboneAdvice
{
    /// <summary>The network.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>The share of images that a head on its features classifies rightly when they are held out, 0..1: stratified five-fold
    /// cross-validation, repeated on small sets.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The standard error of <see cref="Accuracy"/>, 0..1: differences below it mean little.</summary>
    public required double AccuracyError { get; init; }

    /// <summary>The mean log loss of the held-out images, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>
    /// How well the features explain the labels before any training (LogME; You et al., 2021), in nats per image: higher is better. To be
    /// compared between backbones on the same images only.
    /// </summary>
    public required double LogMe { get; init; }

    /// <summary>
    /// How near the task is to what the network was trained for, 0..1: the share of images that lie nearest to the mean of their own class
    /// in the untouched features, leaving each out of its mean, scaled so that always guessing the largest class is 0.
    /// </summary>
    public required double Similarity { get; init; }

    /// <summary>The time to run one image on one thread, from its file's bytes to the features, in milliseconds: the median of
    /// several.</summary>
    public required double MillisecondsPerImage { get; init; }

    /// <summary>The time to extract the bottlenecks of all images when none is cached, in seconds, as
    /// <see cref="MillisecondsPerImage"/> and the number of threads let expect.</summary>
    public required double SecondsExtracting { get; init; }

    /// <summary>The time that training a head on all images took, in seconds.</summary>
    public required double SecondsTraining { get; init; }

    /// <summary>The size of the model's file, backbone and head, in bytes.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>True where size and time are within the limits of the <see cref="AdviceOptions"/>.</summary>
    public required bool IsWithinBudget { get; init; }
}
