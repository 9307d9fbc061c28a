namespace TransferLearning.OutOfDistribution;

/// <summary>The three measures of an <see cref="OutOfDistributionDetector"/>: the higher, the less features belong to any class.</summary>
/// <param name="Distance">The relative Mahalanobis distance.</param>
/// <param name="Whitened">The angle to whitened prototypes.</param>
/// <param name="Plain">The angle to prototypes that are not whitened.</param>
internal readonly record struct DetectorMeasures(float Distance, float Whitened, float Plain);
