using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The triangle that whitens the total variation, derived from the one that whitens the variation within classes: the total covariance is
/// the covariance within classes plus that of the class means, so that no second matrix is stored. Rounding then changes both distances
/// alike, and hardly their difference.
/// </summary>
internal static class TotalWhitening
{
    /// <summary>
    /// The share of a covariance that is replaced by an even one (Ledoit and Wolf, "A well-conditioned estimator for large-dimensional
    /// covariance matrices", 2004, here with a fixed share): covariances of few images overestimate large variances and underestimate small
    /// ones.
    /// </summary>
    public const double Shrinkage = 0.2;

    /// <summary>[rank, rank]: the lower triangle.</summary>
    /// <param name="within">[rank, rank]: whitens the variation within classes, lower triangle.</param>
    /// <param name="classMeans">[classes, rank]: whitened by <paramref name="within"/>.</param>
    /// <param name="shares">[classes]: the share of each class in all images, 0..1.</param>
    /// <param name="features">The number of features that the even part of the covariance is spread over.</param>
    public static float[] Factor(float[] within, float[] classMeans, float[] shares, int features)
    {
        int rank = classMeans.Length / shares.Length;
        double[] triangle = DenseVector.ToDoubles(within);
        double even = Shrinkage * SpreadOfMeans(within, classMeans, shares) / features;

        // Whitened by the given triangle, the total covariance is the unit matrix plus what the class means add.
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

    /// <summary>The mean squared length of the class means before whitening.</summary>
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
