using System.Collections.Immutable;

namespace TransferLearning.Models;

/// <summary>How a model was made; saved with it. Immutable.</summary>
public sealed record ModelOrigin
{
    /// <summary>The backbone's name; null where it is not known.</summary>
    public string? Backbone { get; init; }

    /// <summary>When the model was made; null where nobody said.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Anything else worth keeping (the number of images, the seed, the accuracy), by name.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
