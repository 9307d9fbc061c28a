namespace TransferLearning.OutOfDistribution;

/// <summary>What each measure of an <see cref="OutOfDistributionDetector"/> counts, and where its threshold is. Immutable.</summary>
/// <param name="Distance">What the relative Mahalanobis distance counts: 1 over its deviation among known images.</param>
/// <param name="Whitened">What the angle to whitened prototypes counts, likewise.</param>
/// <param name="Plain">What the angle to prototypes as they are counts, likewise.</param>
/// <param name="Threshold">The sum beyond which features belong to none of the classes.</param>
/// <param name="FalseRejectRate">The share of images of the classes that the threshold was set to reject, 0..1.</param>
internal sealed record DetectorScale(float Distance, float Whitened, float Plain, float Threshold, double FalseRejectRate)
{
    public float Sum((float Distance, float Whitened, float Plain) parts) =>
        (Distance * parts.Distance) + (Whitened * parts.Whitened) + (Plain * parts.Plain);
}
