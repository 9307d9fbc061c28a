using TransferLearning.Bottlenecks;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>What the <c>--json</c> reports of all strategies have in common. The names are part of the command's contract.</summary>
internal abstract record StrategyReport
{
    protected StrategyReport(ExtractionSummary extraction, TransferModel model)
    {
        (SecondsExtracting, CacheHits, CacheMisses) = (extraction.Seconds, extraction.CacheHits, extraction.CacheMisses);
        (SkippedImages, Copies) = (SkippedImageReport.Of(extraction.Skipped), CopiesReport.Of(extraction));
        Augmentation = model.Origin.Facts.GetValueOrDefault(FactNames.Augmentation);
    }

    /// <summary>The views of each training image that were learned from, such as "4 views, photos"; null for none.</summary>
    public string? Augmentation { get; }

    public double SecondsExtracting { get; }

    public required double SecondsTraining { get; init; }

    /// <summary>The number of features from the cache: of images, and of the views of training images.</summary>
    public int CacheHits { get; }

    /// <summary>The number of features that were computed.</summary>
    public int CacheMisses { get; }

    /// <summary>The number of images that cannot be used; <see cref="SkippedImages"/> names them.</summary>
    public int Skipped => SkippedImages.Count;

    public IReadOnlyList<SkippedImageReport> SkippedImages { get; }

    /// <summary>The copies that were kept on one side, and those on both; none with <c>--split-near-copies</c>.</summary>
    public CopiesReport Copies { get; }
}
