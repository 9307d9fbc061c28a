using TransferLearning.Bottlenecks;

namespace TransferLearning.Advice;

/// <summary>The backbone and the strategy that suit a data set, with the evidence.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record AdviceResult
{
    /// <summary>
    /// The recommended backbone: the most accurate one within the limits of the <see cref="AdviceOptions"/>; of equally accurate ones, the
    /// fastest. Null if none is within the limits.
    /// </summary>
    public required BackboneAdvice? Recommended { get; init; }

    /// <summary>The recommended strategy.</summary>
    public required RecommendedStrategy Strategy { get; init; }

    /// <summary>All backbones that were compared, the most accurate first.</summary>
    public required IReadOnlyList<BackboneAdvice> Candidates { get; init; }

    /// <summary>
    /// How accuracy grows with the number of images, on the recommended backbone; on the most accurate one if none is within the limits.
    /// </summary>
    public required LearningCurve LearningCurve { get; init; }

    /// <summary>
    /// What training the last stage of the recommended network too brings; null if it was not tried: without
    /// <see cref="AdviceOptions.TriesUnfreezing"/>, without a network within the limits, or for the reason that the evidence gives.
    /// </summary>
    public required UnfreezingAdvice? Unfreezing { get; init; }

    /// <summary>The reasons for the advice, in sentences.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>The number of labeled images that the advice is based on.</summary>
    public required int Images { get; init; }

    /// <summary>The classes, in ordinal order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>What the user should know although the result is complete.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
