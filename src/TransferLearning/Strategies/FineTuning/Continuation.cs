using TransferLearning.Evaluation;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>What changed against the model whose training was continued. Immutable; thread-safe.</summary>
public sealed record Continuation
{
    /// <summary>The classes that the model knew before, in the order of its outputs.</summary>
    public required IReadOnlyList<string> KnownClasses { get; init; }

    /// <summary>The classes that only the new images have.</summary>
    public required IReadOnlyList<string> AddedClasses { get; init; }

    /// <summary>How the earlier model does on the new validation images of classes that it knew; null where there are none.</summary>
    public required ClassificationMetrics? Before { get; init; }

    /// <summary>How the new model does on the same images, with all classes to choose from; null where there are none.</summary>
    public required ClassificationMetrics? After { get; init; }

    /// <summary>True where features drawn from what the model remembers of its classes were learned again; else only a penalty keeps the
    /// new head near the earlier one.</summary>
    public required bool Rehearsed { get; init; }

    /// <summary>
    /// How many of the validation images the model was trained on before it was continued; null where that model keeps no hashes of its
    /// training images.
    /// </summary>
    public TrainingOverlap? TrainingOverlap { get; init; }
}
