using TransferLearning.Evaluation;

namespace TransferLearning.Strategies;

/// <summary>What going on from a model changed. Immutable.</summary>
public sealed record Continuation
{
    /// <summary>The classes that the model knew before, in the order of its outputs.</summary>
    public required IReadOnlyList<string> KnownClasses { get; init; }

    /// <summary>The classes that only the new images have.</summary>
    public required IReadOnlyList<string> AddedClasses { get; init; }

    /// <summary>How the model did before, on the new validation images of classes that it knew; null where there are none.</summary>
    public required ClassificationMetrics? Before { get; init; }

    /// <summary>How the model does now on the same images, with all classes to choose from; null where there are none.</summary>
    public required ClassificationMetrics? After { get; init; }

    /// <summary>True where what the model remembered of its classes was rehearsed; else only a penalty holds it near to what it
    /// was.</summary>
    public required bool Rehearsed { get; init; }
}
