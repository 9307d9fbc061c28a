using TransferLearning.Bottlenecks;
using TransferLearning.Retraining;

namespace TransferLearning.Unknowns;

/// <summary>Tells features of none of the classes from features of one of them. Immutable; thread-safe.</summary>
/// <param name="Distance">How far features are from the classes.</param>
/// <param name="Threshold">The distance beyond which they belong to none.</param>
/// <param name="FalseRejectRate">The share of images of the classes that the threshold was set to reject, 0..1.</param>
internal sealed record UnknownDetector(RelativeMahalanobis Distance, float Threshold, double FalseRejectRate)
{
    /// <summary>The share of known images that may be rejected.</summary>
    public const double DefaultFalseRejectRate = 0.05;

    // With fewer, neither covariances nor a threshold mean anything.
    private const int FewestRows = 10;

    /// <summary>Measures the training features and sets the threshold by others; null where there are too few of either.</summary>
    /// <param name="training">What the head was trained on.</param>
    /// <param name="validation">Images of the same classes that the head was not trained on.</param>
    /// <param name="falseRejectRate">The share of <paramref name="validation"/> to reject, 0..1.</param>
    /// <param name="threads">0 for one a processor.</param>
    public static UnknownDetector? Fit(
        LabeledBottlenecks training, LabeledBottlenecks validation, double falseRejectRate, int threads)
    {
        if (training.Count < FewestRows || validation.Count < FewestRows)
        {
            return null;
        }

        RelativeMahalanobis distance = RelativeMahalanobisFit.Measure(training, threads);
        float[] scores = Scores(distance, validation.Bottlenecks);
        Array.Sort(scores);

        // One rank higher than the plain quantile, as a new image is one more (Vovk et al., conformal prediction).
        int rank = (int)Math.Ceiling((1 - falseRejectRate) * (scores.Length + 1));
        return new UnknownDetector(distance, scores[Math.Clamp(rank, 1, scores.Length) - 1], falseRejectRate);
    }

    /// <summary>Above 0 for features of none of the classes.</summary>
    public float Score(ReadOnlySpan<float> features) => Distance.Score(features) - Threshold;

    private static float[] Scores(RelativeMahalanobis distance, BottleneckMatrix bottlenecks)
    {
        var scores = new float[bottlenecks.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = distance.Score(bottlenecks.Row(i));
        }

        return scores;
    }
}
