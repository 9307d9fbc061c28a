using System.Collections.Immutable;

namespace TransferLearning.Models;

/// <summary>How a model was made; saved with it. Immutable.</summary>
/// <remarks>Thread-safe, as long as the dictionary given as <see cref="Facts"/> is not changed.</remarks>
public sealed record ModelOrigin
{
    /// <summary>The backbone's name; null where it was not recorded.</summary>
    public string? Backbone { get; init; }

    /// <summary>When the model was made, or the time of the environment variable <c>SOURCE_DATE_EPOCH</c> where it was set; null where it
    /// was not recorded (<see cref="ModelSaveOptions.KeepsDate"/>).</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Further facts by name, such as the number of images, the seed or the accuracy. Default: empty.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
