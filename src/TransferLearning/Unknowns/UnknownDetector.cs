using TransferLearning.Bottlenecks;
using TransferLearning.Retraining;

namespace TransferLearning.Unknowns;

/// <summary>
/// Tells features of none of the classes from features of one of them: by the relative Mahalanobis distance, which sees what is unlike
/// the classes as wholes, and the distance to prototypes in the same whitened space, which sees what falls between them. Either alone does
/// worse on most of the image sets tried. Immutable; thread-safe.
/// </summary>
/// <param name="Distance">How far features are from the classes.</param>
/// <param name="Prototypes">How far they are from each class's typical images.</param>
/// <param name="DistanceWeight">What the first counts: 1 over its deviation among known images.</param>
/// <param name="PrototypeWeight">What the second counts, likewise.</param>
/// <param name="Threshold">The sum beyond which they belong to none.</param>
/// <param name="FalseRejectRate">The share of images of the classes that the threshold was set to reject, 0..1.</param>
internal sealed record UnknownDetector(
    RelativeMahalanobis Distance,
    ClassPrototypes Prototypes,
    float DistanceWeight,
    float PrototypeWeight,
    float Threshold,
    double FalseRejectRate)
{
    /// <summary>The share of known images that may be rejected.</summary>
    public const double DefaultFalseRejectRate = 0.05;

    // With fewer, neither covariances nor a threshold mean anything.
    private const int FewestRows = 10;

    // Keeps the weights finite where all known images score the same.
    private const double SmallestDeviation = 1e-6;

    /// <summary>Measures the training features and sets the threshold by others; null where there are too few of either.</summary>
    /// <param name="training">What the head was trained on.</param>
    /// <param name="validation">Images of the same classes that the head was not trained on.</param>
    /// <param name="falseRejectRate">The share of <paramref name="validation"/> to reject, 0..1.</param>
    /// <param name="threads">0 for one a processor.</param>
    public static UnknownDetector? Fit(
        LabeledBottlenecks training, LabeledBottlenecks validation, double falseRejectRate, int threads)
    {
        if (training.Count < FewestRows || validation.Count < FewestRows || training.Bottlenecks.FeatureSize < 2)
        {
            return null;
        }

        RelativeMahalanobis distance = RelativeMahalanobisFit.Measure(training, threads);
        ClassPrototypes prototypes = ClassPrototypesFit.Measure(Directions(distance, training.Bottlenecks), training.Labels.ToArray());
        var unscaled = new UnknownDetector(distance, prototypes, 1, 1, 0, falseRejectRate);
        (float Distance, float Prototype)[] parts =
            [.. Enumerable.Range(0, validation.Count).Select(i => unscaled.Parts(validation.Bottlenecks.Row(i)))];
        UnknownDetector scaled = unscaled with
        {
            DistanceWeight = InverseDeviation([.. parts.Select(p => p.Distance)]),
            PrototypeWeight = InverseDeviation([.. parts.Select(p => p.Prototype)]),
        };
        float[] scores = [.. parts.Select(scaled.Sum).Order()];

        // One rank higher than the plain quantile, as a new image is one more (Vovk et al., conformal prediction).
        int rank = (int)Math.Ceiling((1 - falseRejectRate) * (scores.Length + 1));
        return scaled with { Threshold = scores[Math.Clamp(rank, 1, scores.Length) - 1] };
    }

    /// <summary>Above 0 for features of none of the classes; in standard deviations among known images.</summary>
    public float Score(ReadOnlySpan<float> features) => Sum(Parts(features)) - Threshold;

    private (float Distance, float Prototype) Parts(ReadOnlySpan<float> features)
    {
        var whitened = new float[Distance.Rank];
        float distance = Distance.Score(features, whitened);
        return (distance, Prototypes.Score(ClassPrototypes.Direction(whitened)));
    }

    private float Sum((float Distance, float Prototype) parts) => DistanceWeight * parts.Distance + PrototypeWeight * parts.Prototype;

    private static float[][] Directions(RelativeMahalanobis distance, BottleneckMatrix rows)
    {
        var directions = new float[rows.Count][];
        var whitened = new float[distance.Rank];
        for (int i = 0; i < directions.Length; i++)
        {
            distance.Score(rows.Row(i), whitened);
            directions[i] = ClassPrototypes.Direction(whitened);
        }

        return directions;
    }

    private static float InverseDeviation(float[] values)
    {
        double mean = values.Average(v => (double)v);
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return (float)(1 / Math.Max(deviation, SmallestDeviation));
    }
}
