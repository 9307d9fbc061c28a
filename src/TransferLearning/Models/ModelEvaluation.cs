using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;

namespace TransferLearning.Models;

/// <summary>How well a model predicts labeled images. Immutable.</summary>
/// <remarks>
/// Thread-safe. It refers to the model but does not own it: disposing of the model stays with the caller. It takes 4 bytes per image and
/// class for the probabilities.
/// </remarks>
public sealed record ModelEvaluation
{
    /// <summary>The model that was evaluated.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>The images that could be read and decoded, each with its probabilities.</summary>
    public required EvaluatedImages Evaluated { get; init; }

    /// <summary>The metrics over those images.</summary>
    public ClassificationMetrics Metrics => Evaluated.Metrics;

    /// <summary>
    /// How many of those images the model was trained on: the metrics then say nothing about new photos. Null where the model keeps no
    /// hashes of its training images.
    /// </summary>
    public TrainingOverlap? TrainingOverlap { get; init; }

    /// <summary>
    /// The number of those images that seem to be of none of the model's classes (<see cref="Prediction.IsUnknown"/>), although their
    /// labels are; null where the model has no out-of-distribution detector.
    /// </summary>
    public int? UnknownImages { get; init; }

    /// <summary>
    /// What the user should know although the result is complete: that the model was trained on some of the images, and classes with fewer
    /// than ten images.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
        [.. new[] { TrainingOverlap?.Warning, FewImages.OfClasses([Evaluated.Images]) }.OfType<string>()];

    /// <summary>The images left out because they cannot be read or decoded, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }
}
