using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Numerics;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The directions in which rows vary most, by subspace iteration from random directions (Halko et al., "Finding structure with
/// randomness", 2011): a few products with tall matrices instead of an eigendecomposition. The same bits for any number of threads.
/// </summary>
internal static class PrincipalSubspace
{
    private const int Iterations = 3;

    /// <summary>[rank, features]: orthonormal rows.</summary>
    /// <param name="centered">[n, features], minus their mean.</param>
    /// <param name="rank">At least 2.</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static float[] Find(BottleneckMatrix centered, int rank, int threads, CancellationToken cancellationToken = default)
    {
        int features = centered.FeatureSize;
        BottleneckMatrix transposed = Transpose(centered.Values, centered.Count, features);

        // Any directions will do to start from; these are the same on every run.
        var random = new Random(0);
        float[] basis = new float[rank * features];
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = (float)(random.NextDouble() - 0.5);
        }

        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            float[] projected = Project(centered, basis, rank, threads, cancellationToken);
            float[] turned = Transpose(projected, centered.Count, rank).Values.ToArray();
            float[] spread = Project(transposed, turned, rank, threads, cancellationToken);
            basis = Orthonormalize(Transpose(spread, features, rank).Values, rank, features, cancellationToken);
        }

        return basis;
    }

    /// <summary>[n, rank]: the products of each row with the directions.</summary>
    public static float[] Project(
        BottleneckMatrix rows, ReadOnlySpan<float> directions, int rank, int threads, CancellationToken cancellationToken) =>
        HeadPrediction.Logits(new LinearHead(rank, rows.FeatureSize, directions, new float[rank]), rows, threads, cancellationToken);

    /// <summary>
    /// Gram-Schmidt orthogonalization, done twice to remove rounding errors. A direction that depends on earlier ones becomes zero.
    /// </summary>
    private static float[] Orthonormalize(ReadOnlySpan<float> values, int rank, int features, CancellationToken cancellationToken)
    {
        double[] rows = [.. values.ToArray().Select(v => (double)v)];
        for (int i = 0; i < rank; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> row = rows.AsSpan(i * features, features);
            double before = Math.Sqrt(DenseVector.Dot(row, row));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    Span<double> other = rows.AsSpan(j * features, features);
                    DenseVector.AddScaled(row, -DenseVector.Dot(row, other), other);
                }
            }

            double length = Math.Sqrt(DenseVector.Dot(row, row));
            DenseVector.Scale(row, length > 1e-6 * before ? 1 / length : 0);
        }

        return [.. rows.Select(v => (float)v)];
    }

    private static BottleneckMatrix Transpose(ReadOnlySpan<float> values, int rows, int columns)
    {
        float[] transposed = new float[values.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                transposed[(c * rows) + r] = values[(r * columns) + c];
            }
        }

        return new BottleneckMatrix(columns, rows, transposed);
    }
}
