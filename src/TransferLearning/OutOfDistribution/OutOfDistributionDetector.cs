using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Detects features that belong to none of the classes, by a weighted sum of five measures over power-normalized features. The relative
/// Mahalanobis distance finds what is unlike all classes; the angles to prototypes, both whitened by the variation within classes and not
/// whitened, find what lies between classes; the distances to the nearest class (Lee et al., "A simple unified framework for detecting
/// out-of-distribution samples and adversarial attacks", 2018) and to the nearest prototype find what is far from all images, most of all
/// where there were few for training. Each measure alone does worse on most of the image sets tried. Immutable; thread-safe.
/// </summary>
internal sealed partial class OutOfDistributionDetector
{
    private readonly ClassPrototypes _whitened;

    /// <param name="distance">The distance of normalized features from the classes.</param>
    /// <param name="prototypes">Typical normalized features of each class, within the basis of the distance.</param>
    /// <param name="featureSum">The mean sum of the magnitudes of training features, which normalization removes.</param>
    /// <param name="scale">The weights of the measures, and the threshold.</param>
    /// <param name="spread">How far new images of the classes lie from them; null if an earlier version did not store it.</param>
    public OutOfDistributionDetector(
        RelativeMahalanobis distance, ClassPrototypes prototypes, float featureSum, DetectorScale scale, DistanceSpread? spread)
    {
        (Distance, Prototypes, FeatureSum, Scale, Spread) = (distance, prototypes, featureSum, scale, spread);
        _whitened = prototypes.Multiply(distance.Within);
    }

    public RelativeMahalanobis Distance { get; }

    public ClassPrototypes Prototypes { get; }

    public float FeatureSum { get; }

    public DetectorScale Scale { get; }

    /// <summary>How far new images of the classes lie from them; null if an earlier version did not store it.</summary>
    public DistanceSpread? Spread { get; }

    /// <summary>The share of images of the classes that the threshold was set to reject, 0..1.</summary>
    public double FalseRejectRate => Scale.FalseRejectRate;

    /// <summary>
    /// The weighted sum of the measures, each in standard deviations among images of the classes, minus the threshold: above 0 for
    /// features that belong to none of the classes.
    /// </summary>
    /// <param name="features">[features].</param>
    public float Score(ReadOnlySpan<float> features) => Scale.Sum(MeasuresOf(features)) - Scale.Threshold;

    /// <summary>[n]: whether each row seems to belong to none of the classes.</summary>
    /// <param name="rows">[n, features].</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public bool[] FindUnknown(BottleneckMatrix rows, int threads, CancellationToken cancellationToken)
    {
        bool[] isUnknown = new bool[rows.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows.Count, options, i => isUnknown[i] = Score(rows.Row(i)) > 0);
        return isUnknown;
    }

    private DetectorMeasures MeasuresOf(ReadOnlySpan<float> features)
    {
        float[] inside = new float[Distance.Rank], whitened = new float[Distance.Rank];
        MahalanobisDistances distances = Distance.Measure(PowerNormalization.Apply(features), inside, whitened);
        return new DetectorMeasures(
            Distance.Relative(distances),
            _whitened.Score(ClassPrototypes.Direction(whitened)),
            Prototypes.Score(ClassPrototypes.Direction(inside)),
            Distance.ToNearestClass(distances),
            Prototypes.SquaredDistance(inside) + distances.Rest,
            distances);
    }
}
