namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The weights of the measures of an <see cref="OutOfDistributionDetector"/>, one for each of <see cref="DetectorMeasures"/>, and its
/// threshold. Immutable.
/// </summary>
/// <param name="Relative">Of the relative Mahalanobis distance.</param>
/// <param name="Whitened">Of the angle to whitened prototypes.</param>
/// <param name="Plain">Of the angle to prototypes that are not whitened.</param>
/// <param name="ClassDistance">Of the Mahalanobis distance to the nearest class; 0 in files of earlier versions.</param>
/// <param name="PrototypeDistance">Of the distance to the nearest prototype; 0 in files of earlier versions.</param>
/// <param name="Threshold">The weighted sum above which features belong to none of the classes.</param>
/// <param name="FalseRejectRate">The share of images of the classes that the threshold was set to reject, 0..1.</param>
internal sealed record DetectorScale(
    float Relative,
    float Whitened,
    float Plain,
    float ClassDistance,
    float PrototypeDistance,
    float Threshold,
    double FalseRejectRate)
{
    // Keeps the weights finite where all images of the classes score the same.
    private const double MinDeviation = 1e-6;

    /// <summary>
    /// These weights, each divided by the standard deviation of its measure among images of the classes that the detector was not fitted
    /// to, and the threshold that rejects the stated share of these images.
    /// </summary>
    /// <param name="measures">At least one.</param>
    public DetectorScale Fit(IReadOnlyList<DetectorMeasures> measures)
    {
        DetectorScale scale = this with
        {
            Relative = Relative / Deviation(m => m.Relative),
            Whitened = Whitened / Deviation(m => m.Whitened),
            Plain = Plain / Deviation(m => m.Plain),
            ClassDistance = ClassDistance / Deviation(m => m.ClassDistance),
            PrototypeDistance = PrototypeDistance / Deviation(m => m.PrototypeDistance),
        };
        float[] scores = [.. measures.Select(scale.Sum).Order()];

        // The quantile of conformal prediction (Vovk et al., "Algorithmic learning in a random world", 2005), which counts the new image as
        // one more score.
        int rank = (int)Math.Ceiling((1 - FalseRejectRate) * (scores.Length + 1));
        return scale with { Threshold = scores[Math.Clamp(rank, 1, scores.Length) - 1] };

        float Deviation(Func<DetectorMeasures, float> measure)
        {
            double mean = measures.Average(m => (double)measure(m));
            double variance = measures.Average(m => (measure(m) - mean) * (measure(m) - mean));
            return (float)Math.Max(Math.Sqrt(variance), MinDeviation);
        }
    }

    /// <summary>The weighted sum of the measures.</summary>
    public float Sum(DetectorMeasures measures) =>
        (Relative * measures.Relative)
        + (Whitened * measures.Whitened)
        + (Plain * measures.Plain)
        + (ClassDistance * measures.ClassDistance)
        + (PrototypeDistance * measures.PrototypeDistance);
}
