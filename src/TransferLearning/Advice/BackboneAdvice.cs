using TransferLearning.Backbones;
using TransferLearning.Evaluation;

namespace TransferLearning.Advice;

/// <summary>How well a backbone suits a data set, and what it costs.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record BackboneAdvice
{
    /// <summary>The network.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>
    /// The share of held-out images that a head on the features of the backbone classifies correctly, 0..1: stratified five-fold
    /// cross-validation, repeated on small data sets.
    /// </summary>
    public required double Accuracy { get; init; }

    /// <summary>
    /// The 95 % confidence interval of <see cref="Accuracy"/>: the score interval over the images (Wilson, "Probable inference, the law of
    /// succession, and statistical inference", 1927).
    /// </summary>
    public required ConfidenceInterval AccuracyInterval { get; init; }

    /// <summary>The standard error of <see cref="Accuracy"/>, 0..1: smaller differences mean little.</summary>
    public required double AccuracyError { get; init; }

    /// <summary>The mean log loss of the held-out images, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>
    /// How well the features explain the labels before any training, in nats per image: higher is better (You et al., "LogME: practical
    /// assessment of pre-trained models for transfer learning", 2021). It can only be compared between backbones on the same images.
    /// </summary>
    public required double LogMe { get; init; }

    /// <summary>
    /// How close the task is to what the network was trained for, 0..1: the share of images whose features are nearest to the mean of their
    /// own class, computed without the image itself. It is scaled so that always guessing the largest class is 0.
    /// </summary>
    public required double Similarity { get; init; }

    /// <summary>
    /// The time for one image on one thread, from the bytes of its file to the features, in milliseconds: the median of several images.
    /// </summary>
    public required double MillisecondsPerImage { get; init; }

    /// <summary>
    /// The expected time to extract the bottlenecks of all images if none is cached, in seconds: estimated from
    /// <see cref="MillisecondsPerImage"/> and the number of threads.
    /// </summary>
    public required double SecondsExtracting { get; init; }

    /// <summary>The time that training a head on all images took, in seconds.</summary>
    public required double SecondsTraining { get; init; }

    /// <summary>The size of the model file with backbone and head, in bytes.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>True if size and time are within the limits of the <see cref="AdviceOptions"/>.</summary>
    public required bool IsWithinBudget { get; init; }
}
