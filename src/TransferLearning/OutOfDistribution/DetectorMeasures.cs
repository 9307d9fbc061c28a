namespace TransferLearning.OutOfDistribution;

/// <summary>The measures of an <see cref="OutOfDistributionDetector"/>: the higher, the less features belong to any class.</summary>
/// <param name="Relative">The relative Mahalanobis distance.</param>
/// <param name="Whitened">The angle to whitened prototypes.</param>
/// <param name="Plain">The angle to prototypes that are not whitened.</param>
/// <param name="ClassDistance">The Mahalanobis distance to the nearest class.</param>
/// <param name="PrototypeDistance">The distance to the nearest prototype, not whitened.</param>
/// <param name="Distances">What the relative and the class distance are computed from.</param>
internal readonly record struct DetectorMeasures(
    float Relative, float Whitened, float Plain, float ClassDistance, float PrototypeDistance, MahalanobisDistances Distances);
