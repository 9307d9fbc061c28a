namespace TransferLearning.OutOfDistribution;

/// <summary>The weights of the three measures of an <see cref="OutOfDistributionDetector"/>, and its threshold. Immutable.</summary>
/// <param name="Distance">
/// The weight of the relative Mahalanobis distance: 1 over its standard deviation among images of the classes.
/// </param>
/// <param name="Whitened">The weight of the angle to whitened prototypes, likewise.</param>
/// <param name="Plain">The weight of the angle to prototypes that are not whitened, likewise.</param>
/// <param name="Threshold">The weighted sum above which features belong to none of the classes.</param>
/// <param name="FalseRejectRate">The share of images of the classes that the threshold was set to reject, 0..1.</param>
internal sealed record DetectorScale(float Distance, float Whitened, float Plain, float Threshold, double FalseRejectRate)
{
    // Keeps the weights finite where all images of the classes score the same.
    private const double MinDeviation = 1e-6;

    /// <summary>Weights and threshold by the measures of images of the classes that the detector was not fitted to.</summary>
    /// <param name="measures">At least one.</param>
    /// <param name="falseRejectRate">The share of such images to reject, 0..1.</param>
    public static DetectorScale Of(IReadOnlyList<DetectorMeasures> measures, double falseRejectRate)
    {
        var scale = new DetectorScale(
            InverseDeviation([.. measures.Select(m => m.Distance)]),
            InverseDeviation([.. measures.Select(m => m.Whitened)]),
            InverseDeviation([.. measures.Select(m => m.Plain)]),
            0,
            falseRejectRate);
        float[] scores = [.. measures.Select(scale.Sum).Order()];

        // The quantile of conformal prediction (Vovk et al., "Algorithmic learning in a random world", 2005), which counts the new image as
        // one more score.
        int rank = (int)Math.Ceiling((1 - falseRejectRate) * (scores.Length + 1));
        return scale with { Threshold = scores[Math.Clamp(rank, 1, scores.Length) - 1] };
    }

    /// <summary>The weighted sum of the measures.</summary>
    public float Sum(DetectorMeasures measures) =>
        (Distance * measures.Distance) + (Whitened * measures.Whitened) + (Plain * measures.Plain);

    private static float InverseDeviation(float[] values)
    {
        double mean = values.Average(v => (double)v);
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return (float)(1 / Math.Max(deviation, MinDeviation));
    }
}
