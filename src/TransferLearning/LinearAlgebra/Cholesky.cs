namespace TransferLearning.LinearAlgebra;

/// <summary>The lower triangle L of a symmetric positive definite matrix, L * L' = matrix, and what it solves.</summary>
internal static class Cholesky
{
    /// <summary>The lower triangle becomes L; what stands above the diagonal stays.</summary>
    /// <param name="matrix">[n, n].</param>
    /// <param name="n">The matrix's side.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(double[] matrix, int n)
    {
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c <= r; c++)
            {
                double value = matrix[r * n + c] - DenseVector.Dot(matrix.AsSpan(r * n, c), matrix.AsSpan(c * n, c));
                matrix[r * n + c] = c < r ? value / matrix[c * n + c] : value > 0 ? Math.Sqrt(value)
                    : throw new ArithmeticException($"the matrix of {n} x {n} is not positive definite");
            }
        }
    }

    /// <summary>[count, n]: the solutions x of matrix * x = right, one a row.</summary>
    /// <param name="matrix">[n, n], positive definite; it is overwritten.</param>
    /// <param name="right">[count, n].</param>
    /// <param name="n">The number of unknowns.</param>
    /// <param name="count">The number of right-hand sides.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static double[] Solve(double[] matrix, double[] right, int n, int count)
    {
        Factor(matrix, n);
        double[] solutions = [.. right];
        for (int i = 0; i < count; i++)
        {
            Span<double> x = solutions.AsSpan(i * n, n);
            for (int r = 0; r < n; r++)
            {
                x[r] = (x[r] - DenseVector.Dot(matrix.AsSpan(r * n, r), x[..r])) / matrix[r * n + r];
            }

            for (int r = n - 1; r >= 0; r--)
            {
                double value = x[r];
                for (int below = r + 1; below < n; below++)
                {
                    value -= matrix[below * n + r] * x[below];
                }

                x[r] = value / matrix[r * n + r];
            }
        }

        return solutions;
    }

    /// <summary>The solution x of triangle * x = vector, in the vector's place.</summary>
    /// <param name="triangle">[n, n], lower; what stands above the diagonal does not count.</param>
    /// <param name="vector">[n].</param>
    public static void SolveLower(ReadOnlySpan<float> triangle, Span<float> vector)
    {
        for (int r = 0; r < vector.Length; r++)
        {
            ReadOnlySpan<float> row = triangle.Slice(r * vector.Length, r + 1);
            vector[r] = (vector[r] - DenseVector.Dot(row[..r], vector[..r])) / row[r];
        }
    }

    /// <summary>[n, n]: the inverse of L, with zeros above the diagonal: |inverse * x|^2 is x' * matrix^-1 * x.</summary>
    /// <param name="matrix">[n, n], positive definite; it is overwritten.</param>
    /// <param name="n">The matrix's side.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static float[] InverseFactor(double[] matrix, int n)
    {
        Factor(matrix, n);
        var inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            // Row i of the inverse is made of the rows above it.
            Span<double> row = inverse.AsSpan(i * n, i + 1);
            for (int k = 0; k < i; k++)
            {
                DenseVector.AddScaled(row[..(k + 1)], -matrix[i * n + k], inverse.AsSpan(k * n, k + 1));
            }

            DenseVector.Scale(row, 1 / matrix[i * n + i]);
            row[i] = 1 / matrix[i * n + i];
        }

        return DenseVector.ToSingles(inverse);
    }
}
