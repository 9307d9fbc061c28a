namespace TransferLearning.Numerics;

/// <summary>Products of lower triangles, [n, n] with zeros above the diagonal.</summary>
internal static class LowerTriangle
{
    // Two whole vectors of up to 32 bytes, in single as in double precision.
    private const int Step = 16;

    /// <summary>
    /// The number of values of a row to compute with: those up to the diagonal, rounded up to whole vectors. What is added are zeros.
    /// </summary>
    public static int RowLength(int row, int n) => Math.Min(((row / Step) + 1) * Step, n);

    /// <summary>[n, n]: triangle * triangle', of which only the lower triangle is computed.</summary>
    public static double[] Square(double[] triangle, int n)
    {
        double[] square = new double[n * n];
        for (int c = 0; c < n; c++)
        {
            ReadOnlySpan<double> row = triangle.AsSpan(c * n, RowLength(c, n));
            int r = c;
            for (; r + 4 <= n; r += 4)
            {
                int at = (r * n) + c;
                (square[at], square[at + n], square[at + (2 * n)], square[at + (3 * n)]) = FourRows.Dot(row, triangle.AsSpan(r * n), n);
            }

            for (; r < n; r++)
            {
                square[(r * n) + c] = DenseVector.Dot(row, triangle.AsSpan(r * n, row.Length));
            }
        }

        return square;
    }

    /// <summary>[n, n]: the product of two triangles.</summary>
    public static float[] Multiply(float[] left, double[] right, int n)
    {
        double[] factors = DenseVector.ToDoubles(left);
        double[] product = new double[n * n];
        for (int r = 0; r < n; r++)
        {
            AddRows(product.AsSpan(r * n, n), factors.AsSpan(r * n, r + 1), right, n);
        }

        return DenseVector.ToSingles(product);
    }

    /// <summary>target += the first rows of a triangle, each times its factor.</summary>
    /// <param name="target">[n].</param>
    /// <param name="factors">[rows].</param>
    /// <param name="triangle">[n, n].</param>
    /// <param name="n">The number of rows and columns of the triangle.</param>
    public static void AddRows(Span<double> target, ReadOnlySpan<double> factors, ReadOnlySpan<double> triangle, int n)
    {
        int k = 0;
        for (; k + 4 <= factors.Length; k += 4)
        {
            FourRows.AddScaled(target[..RowLength(k + 3, n)], factors.Slice(k, 4), triangle[(k * n)..], n);
        }

        for (; k < factors.Length; k++)
        {
            int length = RowLength(k, n);
            DenseVector.AddScaled(target[..length], factors[k], triangle.Slice(k * n, length));
        }
    }
}
