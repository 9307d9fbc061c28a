namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>How well a detector separates images of none of the classes from held-out images of the classes; all 0..1.</summary>
/// <param name="Area">The area under the ROC curve: the share of pairs in which the unknown image scores higher.</param>
/// <param name="Flagged">The share of unknown images above the score that 5 % of the known images exceed.</param>
/// <param name="UnknownRejected">The share of unknown images that the detector rejects by its own threshold.</param>
/// <param name="KnownRejected">The share of known images that it rejects so.</param>
internal readonly record struct DetectorFigures(double Area, double Flagged, double UnknownRejected, double KnownRejected)
{
    private const double FalseRejects = 0.05;

    /// <param name="known">The scores of images of the classes, above 0 where the detector rejects them.</param>
    /// <param name="unknown">The scores of images of none of the classes.</param>
    public static DetectorFigures Of(double[] known, double[] unknown)
    {
        double[] ordered = [.. known.OrderDescending()];
        double threshold = ordered[(int)(FalseRejects * ordered.Length)];
        return new DetectorFigures(
            unknown.Average(u => known.Average(k => k < u ? 1 : k == u ? 0.5 : 0)),
            Share(unknown, threshold),
            Share(unknown, 0),
            Share(known, 0));
    }

    public static DetectorFigures Mean(IReadOnlyCollection<DetectorFigures> figures) => new(
        figures.Average(f => f.Area),
        figures.Average(f => f.Flagged),
        figures.Average(f => f.UnknownRejected),
        figures.Average(f => f.KnownRejected));

    private static double Share(double[] scores, double threshold) => scores.Average(s => s > threshold ? 1.0 : 0);
}
