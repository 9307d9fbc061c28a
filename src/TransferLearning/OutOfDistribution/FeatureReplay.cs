using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Features like those of images that a model has learned from and that are no longer there: drawn from a Gaussian a class, with the class
/// means and the common covariance of normalized features that the model keeps (as in generative feature replay, Liu et al., 2020).
/// Deterministic.
/// </summary>
internal static class FeatureReplay
{
    /// <summary>[classes * perClass, FeatureSize]: class by class.</summary>
    /// <param name="detector">What the model keeps of its classes.</param>
    /// <param name="perClass">How many of each, at least 1.</param>
    /// <param name="seed">Of the drawing.</param>
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

    /// <summary>A standard normal deviate (Box and Muller, 1958).</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
