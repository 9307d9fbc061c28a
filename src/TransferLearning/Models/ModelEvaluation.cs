using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;

namespace TransferLearning.Models;

/// <summary>How a model does on labeled images. Immutable.</summary>
public sealed record ModelEvaluation
{
    /// <summary>The model.</summary>
    public required TransferModel Model { get; init; }

    /// <summary>What the model makes of the images that could be used, image by image.</summary>
    public required EvaluatedImages Judged { get; init; }

    /// <summary>How the model does on them.</summary>
    public ClassificationMetrics Metrics => Judged.Metrics;

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }
}
