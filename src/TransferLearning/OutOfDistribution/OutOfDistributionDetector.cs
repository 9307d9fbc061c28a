using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Tells features of none of the classes from features of one of them, by the sum of three measures over power-normalized features: the
/// relative Mahalanobis distance, which sees what is unlike the classes as wholes, and the angles to prototypes, whitened by what varies
/// within classes and as they are, which see what falls between the classes. Each alone does worse on most of the image sets tried.
/// Immutable; thread-safe.
/// </summary>
internal sealed class OutOfDistributionDetector
{
    // With fewer, neither covariances nor a threshold mean anything.
    private const int MinRows = 10;

    // Each costs a measurement of the other rows; of many rows, one gives enough scores to know a threshold by.
    private const int MaxBlocks = 5;
    private const int MinScores = 500;

    // Keeps the weights finite where all known images score the same.
    private const double MinDeviation = 1e-6;

    private readonly ClassPrototypes _whitened;

    /// <param name="distance">How far normalized features are from the classes.</param>
    /// <param name="prototypes">Typical normalized features of each class, within the basis of the distance.</param>
    /// <param name="featureSum">The mean sum of the magnitudes of training features, which normalizing takes away.</param>
    /// <param name="scale">What each measure counts, and where the threshold is.</param>
    public OutOfDistributionDetector(RelativeMahalanobis distance, ClassPrototypes prototypes, float featureSum, DetectorScale scale)
    {
        (Distance, Prototypes, FeatureSum, Scale) = (distance, prototypes, featureSum, scale);
        _whitened = prototypes.Multiply(distance.Within);
    }

    public RelativeMahalanobis Distance { get; }

    public ClassPrototypes Prototypes { get; }

    public float FeatureSum { get; }

    public DetectorScale Scale { get; }

    /// <summary>The share of images of the classes that the threshold was set to reject, 0..1.</summary>
    public double FalseRejectRate => Scale.FalseRejectRate;

    /// <summary>Measures the training features and sets the threshold by others; null where there are too few of either.</summary>
    /// <param name="training">What the head was trained on.</param>
    /// <param name="validation">Images of the same classes that the head was not trained on.</param>
    /// <param name="falseRejectRate">The share of <paramref name="validation"/> to reject, 0..1.</param>
    /// <param name="threads">0 for one a processor.</param>
    public static OutOfDistributionDetector? Fit(
        LabeledBottlenecks training, LabeledBottlenecks validation, double falseRejectRate, int threads)
    {
        if (training.Count < MinRows || validation.Count < MinRows || training.Bottlenecks.FeatureSize < 2)
        {
            return null;
        }

        OutOfDistributionDetector unscaled = Measure(training, falseRejectRate, threads);
        return unscaled.WithThreshold(unscaled.Parts(validation));
    }

    /// <summary>
    /// Measures all features and sets the threshold by those of each fold, as they look to a detector that has not seen them (as in
    /// Barber et al., "Predictive inference with the jackknife+", 2021); null where there are too few.
    /// </summary>
    /// <param name="data">What the head was trained on.</param>
    /// <param name="foldOf">[n]: the fold of each row, from 0. More than five are taken together. Of many rows, no more are scored than are
    /// enough, and the detector that scored the last of them, having seen all classes, is the one to keep.</param>
    /// <param name="falseRejectRate">The share of images of the classes to reject, 0..1.</param>
    /// <param name="threads">0 for one a processor.</param>
    public static OutOfDistributionDetector? Fit(LabeledBottlenecks data, int[] foldOf, double falseRejectRate, int threads)
    {
        if (data.Bottlenecks.FeatureSize < 2)
        {
            return null;
        }

        int[] blockOf = Array.ConvertAll(foldOf, f => f % MaxBlocks), rows = [.. Enumerable.Range(0, data.Count)];
        HashSet<int> classes = [.. data.Labels];
        var parts = new List<(float, float, float)>();
        foreach (int block in blockOf.Distinct().Order())
        {
            LabeledBottlenecks training = data.Select([.. rows.Where(r => blockOf[r] != block)]);
            if (training.Count < MinRows)
            {
                continue;
            }

            // An image of a class that the others lack would look unknown, and is.
            HashSet<int> known = [.. training.Labels];
            int[] heldOut = [.. rows.Where(r => blockOf[r] == block && known.Contains(data.Labels[r]))];
            OutOfDistributionDetector others = Measure(training, falseRejectRate, threads);
            parts.AddRange(others.Parts(data.Select(heldOut)));
            if (parts.Count >= MinScores && known.Count == classes.Count)
            {
                return others.WithThreshold([.. parts]);
            }
        }

        return parts.Count < MinRows ? null : Measure(data, falseRejectRate, threads).WithThreshold([.. parts]);
    }

    /// <summary>Above 0 for features of none of the classes; the sum of three measures, each in standard deviations among known
    /// images.</summary>
    public float Score(ReadOnlySpan<float> features) => Scale.Sum(Parts(features)) - Scale.Threshold;

    private static OutOfDistributionDetector Measure(LabeledBottlenecks training, double falseRejectRate, int threads)
    {
        BottleneckMatrix features = training.Bottlenecks;
        float[] values = PowerNormalization.ApplyToRows(features.Values, features.FeatureSize);
        var normalized = new LabeledBottlenecks(
            new BottleneckMatrix(features.Count, features.FeatureSize, values), training.Labels.ToArray(), training.ClassNames);
        RelativeMahalanobis distance = RelativeMahalanobisFit.Measure(normalized, threads);
        return new OutOfDistributionDetector(
            distance,
            FitPrototypes(distance, normalized, threads),
            PowerNormalization.MeanMagnitudeSum(features.Values, features.FeatureSize),
            new DetectorScale(1, 1, 1, 0, falseRejectRate));
    }

    /// <summary>The same measures, weighted and with a threshold by what images of the classes give.</summary>
    private OutOfDistributionDetector WithThreshold((float Distance, float Whitened, float Plain)[] parts)
    {
        var scale = new DetectorScale(
            InverseDeviation([.. parts.Select(p => p.Distance)]),
            InverseDeviation([.. parts.Select(p => p.Whitened)]),
            InverseDeviation([.. parts.Select(p => p.Plain)]),
            0,
            FalseRejectRate);
        float[] scores = [.. parts.Select(scale.Sum).Order()];

        // One rank higher than the plain quantile, as a new image is one more (Vovk et al., conformal prediction).
        int rank = (int)Math.Ceiling((1 - FalseRejectRate) * (scores.Length + 1));
        float threshold = scores[Math.Clamp(rank, 1, scores.Length) - 1];
        return new OutOfDistributionDetector(Distance, Prototypes, FeatureSum, scale with { Threshold = threshold });
    }

    private (float Distance, float Whitened, float Plain)[] Parts(LabeledBottlenecks rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(i => Parts(rows.Bottlenecks.Row(i)))];

    private (float Distance, float Whitened, float Plain) Parts(ReadOnlySpan<float> features)
    {
        float[] inside = new float[Distance.Rank], whitened = new float[Distance.Rank];
        float distance = Distance.Score(PowerNormalization.Apply(features), inside, whitened);
        return (
            distance, _whitened.Score(ClassPrototypes.Direction(whitened)), Prototypes.Score(ClassPrototypes.Direction(inside)));
    }

    private static ClassPrototypes FitPrototypes(RelativeMahalanobis distance, LabeledBottlenecks normalized, int threads)
    {
        float[][] rows = new float[normalized.Count][];
        float[][] directions = new float[rows.Length][];
        float[] whitened = new float[distance.Rank];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new float[distance.Rank];
            distance.Score(normalized.Bottlenecks.Row(i), rows[i], whitened);
            directions[i] = ClassPrototypes.Direction(whitened);
        }

        return ClassPrototypesFit.Measure(rows, directions, normalized.Labels.ToArray(), threads);
    }

    private static float InverseDeviation(float[] values)
    {
        double mean = values.Average(v => (double)v);
        double deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return (float)(1 / Math.Max(deviation, MinDeviation));
    }
}
