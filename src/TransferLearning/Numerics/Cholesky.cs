namespace TransferLearning.Numerics;

/// <summary>
/// The Cholesky factor of a symmetric positive definite matrix, the lower triangle L with L * L' = matrix, and equations solved by it.
/// </summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle by L; values above the diagonal do not change.</summary>
    /// <param name="matrix">[n, n].</param>
    /// <param name="n">The number of rows and columns.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(double[] matrix, int n)
    {
        int r = 0;
        for (; r + 4 <= n; r += 4)
        {
            for (int c = 0; c < r; c++)
            {
                int at = (r * n) + c;
                double diagonal = matrix[(c * n) + c];
                (double first, double second, double third, double fourth) =
                    FourRows.Dot(matrix.AsSpan(c * n, c), matrix.AsSpan(r * n), n);
                matrix[at] = (matrix[at] - first) / diagonal;
                matrix[at + n] = (matrix[at + n] - second) / diagonal;
                matrix[at + (2 * n)] = (matrix[at + (2 * n)] - third) / diagonal;
                matrix[at + (3 * n)] = (matrix[at + (3 * n)] - fourth) / diagonal;
            }

            for (int last = r; last < r + 4; last++)
            {
                FactorRow(matrix, n, last, r);
            }
        }

        for (; r < n; r++)
        {
            FactorRow(matrix, n, r, 0);
        }
    }

    /// <summary>[count, n]: the solutions x of matrix * x = right, one per row.</summary>
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
                x[r] = (x[r] - DenseVector.Dot(matrix.AsSpan(r * n, r), x[..r])) / matrix[(r * n) + r];
            }

            for (int r = n - 1; r >= 0; r--)
            {
                double value = x[r];
                for (int below = r + 1; below < n; below++)
                {
                    value -= matrix[(below * n) + r] * x[below];
                }

                x[r] = value / matrix[(r * n) + r];
            }
        }

        return solutions;
    }

    /// <summary>Replaces the vector by the solution x of triangle * x = vector.</summary>
    /// <param name="triangle">[n, n], lower; values above the diagonal are ignored.</param>
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
    /// <param name="n">The number of rows and columns.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static float[] InverseFactor(double[] matrix, int n)
    {
        Factor(matrix, n);
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            // Row i of the inverse is a combination of the rows above it.
            Span<double> row = inverse.AsSpan(i * n, n), factors = matrix.AsSpan(i * n, i);
            DenseVector.Scale(factors, -1);
            LowerTriangle.AddRows(row, factors, inverse, n);
            DenseVector.Scale(row[..i], 1 / matrix[(i * n) + i]);
            row[i] = 1 / matrix[(i * n) + i];
        }

        return DenseVector.ToSingles(inverse);
    }

    /// <summary>Computes one row of L, starting at a column.</summary>
    private static void FactorRow(double[] matrix, int n, int r, int from)
    {
        for (int c = from; c <= r; c++)
        {
            double value = matrix[(r * n) + c] - DenseVector.Dot(matrix.AsSpan(r * n, c), matrix.AsSpan(c * n, c));
            matrix[(r * n) + c] = c < r ? value / matrix[(c * n) + c] : value > 0 ? Math.Sqrt(value)
                : throw new ArithmeticException($"the matrix of {n} x {n} is not positive definite");
        }
    }
}
