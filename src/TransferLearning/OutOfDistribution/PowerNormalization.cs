using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// Signed square roots, then length 1 (Perronnin et al., "Improving the Fisher kernel", 2010): features of rectified units are skewed, and
/// Gaussians fit their roots far better; without the length, contrast and sharpness of a photo count less.
/// </summary>
internal static class PowerNormalization
{
    /// <summary>[features], of length 1; a zero stays zero.</summary>
    public static float[] Apply(ReadOnlySpan<float> features)
    {
        float[] roots = new float[features.Length];
        for (int f = 0; f < roots.Length; f++)
        {
            roots[f] = MathF.CopySign(MathF.Sqrt(Math.Abs(features[f])), features[f]);
        }

        return ClassPrototypes.Direction(roots);
    }

    /// <summary>The same for each row.</summary>
    public static BottleneckMatrix Apply(BottleneckMatrix rows)
    {
        float[] values = new float[rows.Values.Length];
        for (int r = 0; r < rows.Count; r++)
        {
            Apply(rows.Row(r)).CopyTo(values.AsSpan(r * rows.FeatureSize));
        }

        return new BottleneckMatrix(rows.Count, rows.FeatureSize, values);
    }

    /// <summary>Features again, in place.</summary>
    /// <param name="normalized">[features]: of about length 1.</param>
    /// <param name="size">The sum of the features' magnitudes.</param>
    public static void Restore(Span<float> normalized, float size)
    {
        float square = DenseVector.Dot(normalized, normalized);
        for (int f = 0; f < normalized.Length; f++)
        {
            normalized[f] *= Math.Abs(normalized[f]) * size / square;
        }
    }

    /// <summary>The mean over the rows of the sum of the features' magnitudes.</summary>
    public static float MeanSize(BottleneckMatrix rows)
    {
        double sum = 0;
        foreach (float value in rows.Values)
        {
            sum += Math.Abs(value);
        }

        return (float)(sum / rows.Count);
    }
}
