using TransferLearning.Backbones;

namespace TransferLearning.Advice;

/// <summary>The backbones that advice chooses from, and its limits on size and time.</summary>
/// <remarks>Immutable; thread-safe. They are validated before any image is read.</remarks>
public sealed record AdviceOptions
{
    /// <summary>The networks to choose from, each once; empty for the backbone of the pipeline alone. Default: empty.</summary>
    public IReadOnlyList<Backbone> Backbones { get; init; } = [];

    /// <summary>The maximum size of the model file, in bytes, at least 1; null for no limit. Default: null.</summary>
    public long? MaxModelBytes { get; init; }

    /// <summary>The maximum time for one image on one thread of this machine, in milliseconds, above 0; null for no limit. Default:
    /// null.</summary>
    public double? MaxMillisecondsPerImage { get; init; }

    /// <summary>
    /// Whether to try, on the recommended network, what training its last stage too brings beside the head alone
    /// (<see cref="AdviceResult.Unfreezing"/>). The trial cross-validates with three folds on at most 600 images, which takes minutes:
    /// each fold learns from 400 images, up to 15 times. Default: false.
    /// </summary>
    public bool TriesUnfreezing { get; init; }

    internal void Validate(List<string> problems)
    {
        foreach (IGrouping<string, Backbone> same in Backbones.GroupBy(b => b.Fingerprint).Where(g => g.Count() > 1))
        {
            problems.Add($"AdviceOptions.Backbones has the same network {same.Count()} times ({string.Join(", ", same)}): give it once");
        }

        if (MaxModelBytes < 1)
        {
            problems.Add($"AdviceOptions.MaxModelBytes is {MaxModelBytes}: it must be at least 1, or null for no limit");
        }

        if (MaxMillisecondsPerImage is { } limit && !(limit > 0 && double.IsFinite(limit)))
        {
            problems.Add($"AdviceOptions.MaxMillisecondsPerImage is {limit}: it must be above 0 and finite, or null for no limit");
        }
    }
}
