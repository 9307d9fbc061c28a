using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>What the <c>--json</c> reports of all strategies have in common. The names are part of the command's contract.</summary>
internal abstract record StrategyReport
{
    protected StrategyReport(ExtractionSummary extraction) => (SecondsExtracting, CacheHits, CacheMisses, SkippedImages, Copies) =
        (
            extraction.Seconds,
            extraction.CacheHits,
            extraction.CacheMisses,
            SkippedImageReport.Of(extraction.Skipped),
            CopiesReport.Of(extraction));

    public double SecondsExtracting { get; }

    public required double SecondsTraining { get; init; }

    public int CacheHits { get; }

    public int CacheMisses { get; }

    /// <summary>The number of images that cannot be used; <see cref="SkippedImages"/> names them.</summary>
    public int Skipped => SkippedImages.Count;

    public IReadOnlyList<SkippedImageReport> SkippedImages { get; }

    /// <summary>The copies that were kept on one side, and those on both; none with <c>--split-near-copies</c>.</summary>
    public CopiesReport Copies { get; }
}
