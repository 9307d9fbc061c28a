namespace TransferLearning.Bottlenecks;

/// <summary>What it took to get the bottlenecks of a data set, or of all data sets of a pipeline. Immutable; thread-safe.</summary>
public sealed record ExtractionSummary
{
    /// <summary>The time spent, in seconds, from reading the files to the finished bottlenecks.</summary>
    public required double Seconds { get; init; }

    /// <summary>The number of bottlenecks that came from the cache.</summary>
    public required int CacheHits { get; init; }

    /// <summary>The number of bottlenecks that were computed.</summary>
    public required int CacheMisses { get; init; }

    /// <summary>The images left out because they cannot be used, each with the reason.</summary>
    public required IReadOnlyList<SkippedImage> Skipped { get; init; }

    /// <summary>
    /// What the user should know though the bottlenecks are complete: damaged cache records that were computed again, a cache that could
    /// not be written.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Of no image at all.</summary>
    internal static ExtractionSummary None { get; } = new() { Seconds = 0, CacheHits = 0, CacheMisses = 0, Skipped = [], Warnings = [] };

    /// <summary>This and another one after it.</summary>
    internal ExtractionSummary Add(ExtractionSummary next) => new()
    {
        Seconds = Seconds + next.Seconds,
        CacheHits = CacheHits + next.CacheHits,
        CacheMisses = CacheMisses + next.CacheMisses,
        Skipped = [.. Skipped, .. next.Skipped],
        Warnings = [.. Warnings, .. next.Warnings],
    };

    /// <summary>This and more images that are left out.</summary>
    internal ExtractionSummary Skip(IEnumerable<SkippedImage> images) => this with { Skipped = [.. Skipped, .. images] };
}
