using TransferLearning.Bottlenecks;
using TransferLearning.Numerics;

namespace TransferLearning.Heads.Evidence;

/// <summary>All inner products between the columns, or between the rows, of bottlenecks. The same bits for any number of threads.</summary>
internal static class GramMatrix
{
    // So many vectors stay in the second-level cache while all others are read.
    private const int BlockVectors = 8;

    /// <summary>[n, n], with n the number of features or of images.</summary>
    /// <param name="bottlenecks">[images, features].</param>
    /// <param name="byFeature">True for products of columns (features), false for products of rows (images).</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static double[] Of(BottleneckMatrix bottlenecks, bool byFeature, int threads, CancellationToken cancellationToken)
    {
        int n = byFeature ? bottlenecks.FeatureSize : bottlenecks.Count, length = byFeature ? bottlenecks.Count : bottlenecks.FeatureSize;
        double[] vectors = Vectors(bottlenecks, byFeature, cancellationToken);
        double[] gram = new double[checked(n * n)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (n + BlockVectors - 1) / BlockVectors, options, block =>
        {
            int first = block * BlockVectors, end = Math.Min(n, first + BlockVectors);
            for (int j = first; j < n; j++)
            {
                ReadOnlySpan<double> other = vectors.AsSpan(j * length, length);
                for (int i = first; i < Math.Min(end, j + 1); i++)
                {
                    gram[(i * n) + j] = gram[(j * n) + i] = DenseVector.Dot(vectors.AsSpan(i * length, length), other);
                }
            }
        });
        return gram;
    }

    private static double[] Vectors(BottleneckMatrix bottlenecks, bool byFeature, CancellationToken cancellationToken)
    {
        int rows = bottlenecks.Count, features = bottlenecks.FeatureSize;
        double[] vectors = new double[checked(rows * features)];
        for (int r = 0; r < rows; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> row = bottlenecks.Row(r);
            for (int f = 0; f < features; f++)
            {
                vectors[byFeature ? (f * rows) + r : (r * features) + f] = row[f];
            }
        }

        return vectors;
    }
}
