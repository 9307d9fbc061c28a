using TransferLearning.Bottlenecks;

namespace TransferLearning.Advice;

/// <summary>Which backbone and which strategy suit a data set, and why. Immutable.</summary>
public sealed record AdviceResult
{
    /// <summary>
    /// The backbone to take: the most accurate one within the budget; of those equally accurate, the fastest. Null where none is within the
    /// budget.
    /// </summary>
    public required BackboneAdvice? Recommended { get; init; }

    /// <summary>The strategy to take.</summary>
    public required RecommendedStrategy Strategy { get; init; }

    /// <summary>All backbones that were compared, the most accurate first.</summary>
    public required IReadOnlyList<BackboneAdvice> Candidates { get; init; }

    /// <summary>How accuracy grows with the number of images, on the recommended backbone (the most accurate one where none is within the
    /// budget).</summary>
    public required LearningCurve LearningCurve { get; init; }

    /// <summary>Why, in sentences.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>The number of labeled images that the advice rests on.</summary>
    public required int Images { get; init; }

    /// <summary>The classes, in ordinal order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>What the user should know though the result is complete.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
