using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The squared Mahalanobis distance of features to the nearest class, with one covariance shared by the classes, minus that to the
/// distribution of all training features (Ren et al., "A simple fix to Mahalanobis distance for improving near-OOD detection", 2021). In
/// the directions in which the training features vary most the covariances are full; outside them one variance stands for all, which keeps
/// the model small. Immutable; thread-safe.
/// </summary>
internal sealed class RelativeMahalanobis
{
    /// <summary>The largest whole number that values of basis, triangle and class means are stored as.</summary>
    public const int Levels = 127;

    private readonly float[] _mean;
    private readonly float[] _basis;
    private readonly float[] _within;
    private readonly float[] _total;
    private readonly float[] _classMeans;
    private readonly float[] _shares;

    /// <param name="mean">[features]: the mean of all training features.</param>
    /// <param name="basis">[rank, features]: orthonormal directions.</param>
    /// <param name="within">[rank, rank]: whitens the variation within classes, lower triangle.</param>
    /// <param name="total">[rank, rank]: whitens the total variation, lower triangle.</param>
    /// <param name="classMeans">[classes, rank]: whitened by <paramref name="within"/>.</param>
    /// <param name="shares">
    /// [classes]: the share of each class in the training images, 0..1; empty if <paramref name="total"/> was stored instead.
    /// </param>
    /// <param name="restWeight">The weight of the squared length outside the basis in the relative distance.</param>
    /// <param name="restPrecision">
    /// 1 over the variance within classes of each direction outside the basis; 0 if an earlier version did not store it.
    /// </param>
    public RelativeMahalanobis(
        float[] mean,
        float[] basis,
        float[] within,
        float[] total,
        float[] classMeans,
        float[] shares,
        float restWeight,
        float restPrecision)
    {
        (_mean, _basis, _within, _total, _classMeans, _shares) = (mean, basis, within, total, classMeans, shares);
        (RestWeight, RestPrecision) = (restWeight, restPrecision);
        Rank = basis.Length / mean.Length;
    }

    public int FeatureSize => _mean.Length;

    public int Rank { get; }

    public int Classes => _classMeans.Length / Rank;

    public ReadOnlySpan<float> Mean => _mean;

    public ReadOnlySpan<float> Basis => _basis;

    public ReadOnlySpan<float> Within => _within;

    public ReadOnlySpan<float> Total => _total;

    public ReadOnlySpan<float> ClassMeans => _classMeans;

    /// <summary>[classes]: the share of each class in the training images, 0..1; empty if an earlier version left them out.</summary>
    public ReadOnlySpan<float> Shares => _shares;

    /// <summary>The weight of the squared length outside the basis in the relative distance.</summary>
    public float RestWeight { get; }

    /// <summary>1 over the variance within classes of each direction outside the basis; 0 if an earlier version did not store it.</summary>
    public float RestPrecision { get; }

    /// <summary>The difference of the squared distances: the higher, the less the features belong to any class.</summary>
    public float Relative(MahalanobisDistances distances) => distances.Nearest - distances.Total + (RestWeight * distances.Rest);

    /// <summary>The squared distance to the nearest class, in all directions.</summary>
    public float ToNearestClass(MahalanobisDistances distances) => distances.Nearest + (RestPrecision * distances.Rest);

    /// <summary>The squared distances of features from the classes and from all training features.</summary>
    /// <param name="features">[FeatureSize].</param>
    /// <param name="inside">[Rank]: receives the features minus the mean, in the basis.</param>
    /// <param name="whitened">[Rank]: receives the same, whitened by the variation within classes.</param>
    public MahalanobisDistances Measure(ReadOnlySpan<float> features, Span<float> inside, Span<float> whitened)
    {
        float[] centered = new float[FeatureSize];
        for (int f = 0; f < centered.Length; f++)
        {
            centered[f] = features[f] - _mean[f];
        }

        for (int r = 0; r < Rank; r++)
        {
            inside[r] = DenseVector.Dot(_basis.AsSpan(r * FeatureSize, FeatureSize), centered);
        }

        float[] within = Multiply(_within, inside), total = Multiply(_total, inside);
        within.CopyTo(whitened);
        float nearest = float.PositiveInfinity;
        for (int c = 0; c < Classes; c++)
        {
            nearest = Math.Min(nearest, SquaredDistance(within, _classMeans.AsSpan(c * Rank, Rank)));
        }

        float rest = Math.Max(DenseVector.Dot(centered, centered) - DenseVector.Dot(inside, inside), 0);
        return new MahalanobisDistances(nearest, DenseVector.Dot(total, total), rest);
    }

    /// <summary>The inverse of whitening; outside the basis, the features are those of the mean.</summary>
    /// <param name="whitened">[Rank], as <see cref="Measure"/> gives it; it is overwritten.</param>
    /// <param name="features">[FeatureSize].</param>
    public void Restore(float[] whitened, Span<float> features)
    {
        Cholesky.SolveLower(_within, whitened);
        _mean.CopyTo(features);
        for (int r = 0; r < Rank; r++)
        {
            DenseVector.AddScaled(features, whitened[r], _basis.AsSpan(r * FeatureSize, FeatureSize));
        }
    }

    /// <summary>The component of a vector outside the basis.</summary>
    /// <param name="vector">[FeatureSize]; it is overwritten and returned.</param>
    public float[] Outside(float[] vector)
    {
        for (int r = 0; r < Rank; r++)
        {
            ReadOnlySpan<float> direction = _basis.AsSpan(r * FeatureSize, FeatureSize);
            DenseVector.AddScaled(vector, -DenseVector.Dot(direction, vector), direction);
        }

        return vector;
    }

    /// <summary>The product of a lower triangle, with zeros above the diagonal, and a vector.</summary>
    public static float[] Multiply(ReadOnlySpan<float> triangle, ReadOnlySpan<float> vector)
    {
        float[] product = new float[vector.Length];
        for (int r = 0; r < product.Length; r++)
        {
            int length = LowerTriangle.RowLength(r, vector.Length);
            product[r] = DenseVector.Dot(triangle.Slice(r * vector.Length, length), vector[..length]);
        }

        return product;
    }

    private static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            float difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }
}
