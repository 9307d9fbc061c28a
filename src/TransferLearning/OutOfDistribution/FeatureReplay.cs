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
    /// <summary>
    /// [classes * perClass, FeatureSize]: the rows of the first class, then those of the next. They have no component outside the basis.
    /// </summary>
    /// <param name="detector">The detector of the model, which has the means and the covariance.</param>
    /// <param name="perClass">The number of rows per class, at least 1.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static BottleneckMatrix Draw(OutOfDistributionDetector detector, int perClass, int seed) =>
        Draw(detector, spread: null, perClass, seed);

    /// <summary>
    /// As <see cref="Draw(OutOfDistributionDetector, int, int)"/>, but at the distances of images that the detector was not fitted to,
    /// which lie farther from their classes than training images, and partly outside the basis. Without these distances where the model is
    /// of an earlier version, which did not store them.
    /// </summary>
    /// <inheritdoc cref="Draw(OutOfDistributionDetector, int, int)"/>
    public static BottleneckMatrix DrawUnseen(OutOfDistributionDetector detector, int perClass, int seed) =>
        Draw(detector, detector.Spread, perClass, seed);

    private static BottleneckMatrix Draw(OutOfDistributionDetector detector, DistanceSpread? spread, int perClass, int seed)
    {
        RelativeMahalanobis memory = detector.Distance;
        int size = memory.FeatureSize, count = memory.Classes * perClass;
        var random = new Random(seed);
        float[] values = new float[checked(count * size)];
        for (int i = 0; i < count; i++)
        {
            float[] difference = Normals(random, memory.Rank);
            float[] outside = spread is null ? new float[size] : Distances(random, memory, spread, difference);
            ReadOnlySpan<float> mean = memory.ClassMeans.Slice(i / perClass * memory.Rank, memory.Rank);
            DenseVector.AddScaled(difference, 1, mean);
            Span<float> features = values.AsSpan(i * size, size);
            memory.Restore(difference, features);
            DenseVector.AddScaled(features, 1, outside);
            PowerNormalization.Restore(features, detector.FeatureSum);
        }

        return new BottleneckMatrix(count, size, values);
    }

    /// <summary>Scales a difference from the mean of a class to a distance that is drawn, and draws a vector outside the basis.</summary>
    private static float[] Distances(Random random, RelativeMahalanobis memory, DistanceSpread spread, float[] difference)
    {
        Lengthen(difference, spread.Nearest(Normal(random)));
        float[] outside = memory.Outside(Normals(random, memory.FeatureSize));
        Lengthen(outside, spread.Rest(Normal(random)));
        return outside;
    }

    private static void Lengthen(float[] vector, double squaredLength)
    {
        DenseVector.Normalize(vector);
        float length = (float)Math.Sqrt(squaredLength);
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= length;
        }
    }

    private static float[] Normals(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Normal(random);
        }

        return values;
    }

    /// <summary>A standard normal deviate (Box and Muller, "A note on the generation of random normal deviates", 1958).</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
