namespace TransferLearning.PseudoLabeling;

/// <summary>Solves linear equations with a symmetric, positive definite matrix.</summary>
internal static class CholeskySolver
{
    /// <summary>[count, size]: the solutions x of matrix * x = right, one a row.</summary>
    /// <param name="matrix">[size, size], symmetric and positive definite. It is overwritten by its factor.</param>
    /// <param name="right">[count, size].</param>
    /// <param name="size">The number of unknowns.</param>
    /// <param name="count">The number of right-hand sides.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static double[] Solve(double[] matrix, double[] right, int size, int count)
    {
        Factor(matrix, size);
        double[] solutions = [.. right];
        for (int i = 0; i < count; i++)
        {
            Span<double> x = solutions.AsSpan(i * size, size);
            for (int r = 0; r < size; r++)
            {
                x[r] = (x[r] - RowArithmetic.Dot(matrix.AsSpan(r * size, r), x[..r])) / matrix[r * size + r];
            }

            for (int r = size - 1; r >= 0; r--)
            {
                double value = x[r];
                for (int below = r + 1; below < size; below++)
                {
                    value -= matrix[below * size + r] * x[below];
                }

                x[r] = value / matrix[r * size + r];
            }
        }

        return solutions;
    }

    /// <summary>The lower triangle becomes the factor L, the matrix being L * transposed L.</summary>
    private static void Factor(double[] matrix, int size)
    {
        for (int r = 0; r < size; r++)
        {
            for (int c = 0; c <= r; c++)
            {
                double value = matrix[r * size + c] - RowArithmetic.Dot(matrix.AsSpan(r * size, c), matrix.AsSpan(c * size, c));
                matrix[r * size + c] = c < r ? value / matrix[c * size + c] : value > 0 ? Math.Sqrt(value)
                    : throw new ArithmeticException($"the matrix of {size} x {size} is not positive definite");
            }
        }
    }
}
