namespace TransferLearning.Data.Thumbnails;

/// <summary>How well a thumbnail agrees with another, after the best alignment. Immutable.</summary>
/// <param name="Alignment">The alignment.</param>
/// <param name="Correlation">Pearson's correlation of the brightness where both overlap, -1..1.</param>
/// <param name="DetailCorrelation">The same of what is finer than about a sixth of the picture.</param>
/// <param name="ColorDifference">The root mean square of the differences of color, in standard deviations of the color.</param>
internal readonly record struct ThumbnailMatch(
    ThumbnailAlignment Alignment, float Correlation, float DetailCorrelation, float ColorDifference)
{
    // Chosen by experiment (benchmarks/reports/copies.md): of 2,062 photos of hands in front of one wall, the most similar pair has .93 and
    // .92; copies cut by a tenth, saved again or brightened have more than .97 and .94 in 95 of 100 cases.
    private const float MinCorrelation = 0.97f;
    private const float MinDetailCorrelation = 0.94f;

    // Where nothing had to be moved, less is left to chance.
    private const float MinUnmovedCorrelation = 0.95f;
    private const float MinUnmovedDetailCorrelation = 0.88f;
    private const float MaxColorDifference = 0.8f;
    private const float MaxUnmovedColorDifference = 2f;

    // Pixel for pixel the same but for noise.
    private const float MinCertainCorrelation = 0.995f;
    private const float MinCertainDetailCorrelation = 0.985f;

    // Less than a pixel of 32: no crop.
    private const float MaxUnmoved = 0.04f;

    /// <summary>Two pictures whose brightness does not agree. The color difference of 0 means that colors were not compared.</summary>
    public static ThumbnailMatch None { get; } = new(ThumbnailAlignment.Identity, 0, 0, 0);

    /// <summary>True if both show the whole picture.</summary>
    public bool IsWhole => Alignment.Movement < MaxUnmoved;

    /// <summary>True if both show the same picture.</summary>
    public bool IsCopy => MayBeCopy && DetailCorrelation >= (IsWhole ? MinUnmovedDetailCorrelation : MinDetailCorrelation);

    /// <summary>True if brightness and color agree; details may not, or were not compared yet.</summary>
    public bool MayBeCopy => ColorDifference <= (IsWhole ? MaxUnmovedColorDifference : MaxColorDifference)
        && Correlation >= (IsWhole ? MinUnmovedCorrelation : MinCorrelation);

    /// <summary>True if they are the same pixel for pixel, but for noise.</summary>
    public bool IsCertain => IsCopy && Correlation >= MinCertainCorrelation && DetailCorrelation >= MinCertainDetailCorrelation;
}
