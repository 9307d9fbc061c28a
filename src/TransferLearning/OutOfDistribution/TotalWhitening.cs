using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// What whitens all that varies, made of what whitens the variation within classes: the covariance of all features is that within classes
/// and that of the class means, which needs no matrix of its own. What rounding does to the one it then does to the
/// other, and hardly to the difference of their distances.
/// </summary>
internal static class TotalWhitening
{
    /// <summary>
    /// Covariances of few images overrate what varies much and underrate what varies little: a fifth of each is an even one.
    /// </summary>
    public const double Shrinkage = 0.2;

    /// <summary>[rank, rank]: the lower triangle.</summary>
    /// <param name="within">[rank, rank]: whitens what varies within classes, lower triangle.</param>
    /// <param name="classMeans">[classes, rank]: whitened by it.</param>
    /// <param name="shares">[classes]: of all images, 0..1.</param>
    /// <param name="features">How many features the even part of the covariance is shared out to.</param>
    public static float[] Factor(float[] within, float[] classMeans, float[] shares, int features)
    {
        int rank = classMeans.Length / shares.Length;
        double[] triangle = DenseVector.ToDoubles(within);
        double even = Shrinkage * SpreadOfMeans(within, classMeans, shares) / features;

        // Whitened by the one, the other covariance is what it adds to the unit matrix.
        double[] whitened = LowerTriangle.Square(triangle, rank);
        DenseVector.Scale(whitened, even);
        for (int r = 0; r < rank; r++)
        {
            whitened[(r * rank) + r]++;
        }

        for (int k = 0; k < shares.Length; k++)
        {
            double[] mean = DenseVector.ToDoubles(classMeans.AsSpan(k * rank, rank));
            for (int r = 0; r < rank; r++)
            {
                DenseVector.AddScaled(whitened.AsSpan(r * rank, r + 1), (1 - Shrinkage) * shares[k] * mean[r], mean.AsSpan(0, r + 1));
            }
        }

        return LowerTriangle.Multiply(Cholesky.InverseFactor(whitened, rank), triangle, rank);
    }

    /// <summary>The mean squared length of the class means, not whitened.</summary>
    private static double SpreadOfMeans(float[] within, float[] classMeans, float[] shares)
    {
        int rank = classMeans.Length / shares.Length;
        double sum = 0;
        for (int c = 0; c < shares.Length; c++)
        {
            float[] mean = classMeans.AsSpan(c * rank, rank).ToArray();
            Cholesky.SolveLower(within, mean);
            sum += (double)shares[c] * DenseVector.Dot(mean, mean);
        }

        return sum;
    }
}
