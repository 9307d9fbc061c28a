using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Features like those of training images that are no longer available: drawn from one Gaussian per class, with the class means and the
/// common covariance of normalized features that a model keeps (as in Liu et al., "Generative feature replay for class-incremental
/// learning", 2020). Deterministic.
/// </summary>
internal static class FeatureReplay
{
    /// <summary>[classes * perClass, FeatureSize]: the rows of the first class, then those of the next.</summary>
    /// <param name="detector">The detector of the model, which has the means and the covariance.</param>
    /// <param name="perClass">The number of rows per class, at least 1.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static BottleneckMatrix Draw(OutOfDistributionDetector detector, int perClass, int seed)
    {
        RelativeMahalanobis memory = detector.Distance;
        int size = memory.FeatureSize, count = memory.Classes * perClass;
        var random = new Random(seed);
        float[] values = new float[checked(count * size)];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> mean = memory.ClassMeans.Slice(i / perClass * memory.Rank, memory.Rank);
            Span<float> features = values.AsSpan(i * size, size);
            memory.Restore([.. mean.ToArray().Select(m => m + Normal(random))], features);
            PowerNormalization.Restore(features, detector.FeatureSum);
        }

        return new BottleneckMatrix(count, size, values);
    }

    /// <summary>A standard normal deviate (Box and Muller, "A note on the generation of random normal deviates", 1958).</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
