using TransferLearning.Data;

namespace TransferLearning.Bottlenecks;

/// <summary>How the bottlenecks of a data set were obtained, or of all data sets of a pipeline. Immutable.</summary>
/// <remarks>Thread-safe; nothing to dispose of.</remarks>
public sealed record ExtractionSummary
{
    /// <summary>The duration of the extraction, in seconds, from reading the files to the finished bottlenecks.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// The number of bottlenecks that came from the cache, with those that another process computed meanwhile: one per image, and one per
    /// further view of a training image (<see cref="TransferPipeline{TResult}.WithAugmentation"/>).
    /// </summary>
    public required int CacheHits { get; init; }

    /// <summary>The number of bottlenecks that were computed, of images and of views.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>
    /// What the user should know although the bottlenecks are complete, such as damaged cache records that were computed again, a cache
    /// that could not be written, what was removed from one that exceeded its limit of size, or operators of the network that have no
    /// kernel and take a good part of its time.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>
    /// The groups of copies and near-copies among the images of a pipeline; those with images in training and validation are a leak
    /// (<see cref="DuplicateImages.IsLeak"/>). Empty where they were not looked for. Default: empty.
    /// </summary>
    public IReadOnlyList<DuplicateImages> Copies { get; init; } = [];

    /// <summary>The summary of no extraction.</summary>
    internal static ExtractionSummary None { get; } = new() { Seconds = 0, CacheHits = 0, CacheMisses = 0, Skipped = [], Warnings = [] };

    /// <summary>This and another one after it; a warning of both, such as one about the network, is there once.</summary>
    internal ExtractionSummary Add(ExtractionSummary next) => new()
    {
        Seconds = Seconds + next.Seconds,
        CacheHits = CacheHits + next.CacheHits,
        CacheMisses = CacheMisses + next.CacheMisses,
        Skipped = [.. Skipped, .. next.Skipped],
        Warnings = [.. Warnings.Union(next.Warnings, StringComparer.Ordinal)],
        Copies = [.. Copies, .. next.Copies],
    };

    /// <summary>This and more images that are left out.</summary>
    internal ExtractionSummary Skip(IEnumerable<SkippedImage> images) => this with { Skipped = [.. Skipped, .. images] };

    /// <summary>This and more that the user should know.</summary>
    internal ExtractionSummary Warn(IReadOnlyList<string> notes) => this with { Warnings = [.. Warnings, .. notes] };
}
