using TransferLearning.Retraining;

namespace TransferLearning.Unknowns;

/// <summary>The lower triangle L of a symmetric positive definite matrix, L * L' = matrix, and its inverse.</summary>
internal static class Cholesky
{
    /// <summary>[n, n]: the inverse of L, with zeros above the diagonal: |inverse * x|^2 is x' * matrix^-1 * x.</summary>
    /// <param name="matrix">[n, n], positive definite; it is overwritten.</param>
    /// <param name="n">The matrix's side.</param>
    public static float[] InverseFactor(double[] matrix, int n)
    {
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double value = matrix[i * n + j] - DenseVector.Dot(matrix.AsSpan(i * n, j), matrix.AsSpan(j * n, j));
                matrix[i * n + j] = i == j ? Math.Sqrt(value) : value / matrix[j * n + j];
            }
        }

        var inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            inverse[i * n + i] = 1 / matrix[i * n + i];
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int k = j; k < i; k++)
                {
                    sum += matrix[i * n + k] * inverse[k * n + j];
                }

                inverse[i * n + j] = -sum * inverse[i * n + i];
            }
        }

        return [.. inverse.Select(v => (float)v)];
    }
}
