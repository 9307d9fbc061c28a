namespace TransferLearning.Numerics;

/// <summary>
/// The eigenvalues of a symmetric matrix, and the coordinates of a few vectors in the basis of its eigenvectors: Householder reflections to
/// a tridiagonal matrix, then the QL method with implicit shifts (Dubrulle, Martin and Wilkinson, "The implicit QL algorithm", 1968). The
/// eigenvectors themselves are never formed, which saves two thirds of the work. The same bits for any number of threads.
/// </summary>
internal static class SymmetricSpectrum
{
    private const int MaxSweeps = 60;
    private const int MinParallelRows = 64;

    /// <summary>[n]: the eigenvalues, in no particular order.</summary>
    /// <param name="matrix">[n, n], both triangles filled; it is overwritten.</param>
    /// <param name="vectors">[n, k]: k vectors, one per column; row i becomes their inner products with eigenvector i.</param>
    /// <param name="n">The number of rows and columns of the matrix.</param>
    /// <param name="k">The number of vectors.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static double[] Decompose(
        double[] matrix, double[] vectors, int n, int k, int threads, CancellationToken cancellationToken = default)
    {
        double[] diagonal = new double[n];
        double[] offDiagonal = new double[n];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Tridiagonalize(matrix, vectors, n, k, diagonal, offDiagonal, options);
        Diagonalize(vectors, k, diagonal, offDiagonal, cancellationToken);
        return diagonal;
    }

    /// <summary>Householder reflections, one column at a time, each applied to the vectors as well.</summary>
    private static void Tridiagonalize(
        double[] matrix, double[] vectors, int n, int k, double[] diagonal, double[] offDiagonal, ParallelOptions options)
    {
        double[] v = new double[n];
        double[] p = new double[n];
        for (int column = 0; column < n; column++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            diagonal[column] = matrix[(column * n) + column];
            int first = column + 1, length = n - first;
            if (length == 0)
            {
                break;
            }

            matrix.AsSpan((column * n) + first, length).CopyTo(v.AsSpan(first));
            double tail = DenseVector.Dot(v.AsSpan(first + 1, length - 1), v.AsSpan(first + 1, length - 1));
            if (tail == 0)
            {
                offDiagonal[column] = v[first];
                continue;
            }

            double norm = Math.Sqrt((v[first] * v[first]) + tail);
            offDiagonal[column] = v[first] > 0 ? -norm : norm;
            v[first] -= offDiagonal[column];
            double factor = 2 / ((v[first] * v[first]) + tail);
            ForRows(first, n, options, i =>
                p[i] = factor * DenseVector.Dot(matrix.AsSpan((i * n) + first, length), v.AsSpan(first, length)));
            double overlap = DenseVector.Dot(p.AsSpan(first, length), v.AsSpan(first, length));
            DenseVector.AddScaled(p.AsSpan(first, length), -factor / 2 * overlap, v.AsSpan(first, length));
            ForRows(first, n, options, i =>
            {
                Span<double> row = matrix.AsSpan((i * n) + first, length);
                DenseVector.AddScaled(row, -v[i], p.AsSpan(first, length));
                DenseVector.AddScaled(row, -p[i], v.AsSpan(first, length));
            });
            Reflect(vectors, k, v, first, n, factor);
        }
    }

    private static void Reflect(double[] vectors, int k, double[] v, int first, int n, double factor)
    {
        double[] products = new double[k];
        for (int i = first; i < n; i++)
        {
            DenseVector.AddScaled(products, factor * v[i], vectors.AsSpan(i * k, k));
        }

        for (int i = first; i < n; i++)
        {
            DenseVector.AddScaled(vectors.AsSpan(i * k, k), -v[i], products);
        }
    }

    /// <summary>The QL method with implicit shifts; its rotations turn the rows of the vectors.</summary>
    private static void Diagonalize(
        double[] vectors, int k, double[] diagonal, double[] offDiagonal, CancellationToken cancellationToken)
    {
        int n = diagonal.Length;
        double scale = 0;
        for (int i = 0; i < n; i++)
        {
            scale = Math.Max(scale, Math.Abs(diagonal[i]) + Math.Abs(offDiagonal[i]));
        }

        for (int start = 0; start < n; start++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int sweep = 0; ; sweep++)
            {
                int end = start;
                while (end < n - 1 && Math.Abs(offDiagonal[end]) > double.Epsilon + (1e-16 * scale))
                {
                    end++;
                }

                if (end == start)
                {
                    break;
                }

                if (sweep == MaxSweeps)
                {
                    throw new TransferLearningException(
                        $"the eigenvalues of {n} features were not found in {MaxSweeps} sweeps: is a feature NaN or infinite?");
                }

                Sweep(vectors, k, diagonal, offDiagonal, start, end);
            }
        }
    }

    private static void Sweep(double[] vectors, int k, double[] diagonal, double[] offDiagonal, int start, int end)
    {
        double half = (diagonal[start + 1] - diagonal[start]) / (2 * offDiagonal[start]);
        double length = double.Hypot(half, 1);
        double g = diagonal[end] - diagonal[start] + (offDiagonal[start] / (half + Math.CopySign(length, half)));
        double sine = 1, cosine = 1, shift = 0;
        for (int i = end - 1; i >= start; i--)
        {
            double f = sine * offDiagonal[i], b = cosine * offDiagonal[i];
            double r = double.Hypot(f, g);
            offDiagonal[i + 1] = r;
            if (r == 0)
            {
                diagonal[i + 1] -= shift;
                offDiagonal[end] = 0;
                return;
            }

            (sine, cosine) = (f / r, g / r);
            g = diagonal[i + 1] - shift;
            double turn = ((diagonal[i] - g) * sine) + (2 * cosine * b);
            shift = sine * turn;
            diagonal[i + 1] = g + shift;
            g = (cosine * turn) - b;
            Rotate(vectors.AsSpan(i * k, k), vectors.AsSpan((i + 1) * k, k), sine, cosine);
        }

        diagonal[start] -= shift;
        offDiagonal[start] = g;
        offDiagonal[end] = 0;
    }

    private static void Rotate(Span<double> upper, Span<double> lower, double sine, double cosine)
    {
        for (int c = 0; c < upper.Length; c++)
        {
            (upper[c], lower[c]) = ((cosine * upper[c]) - (sine * lower[c]), (sine * upper[c]) + (cosine * lower[c]));
        }
    }

    private static void ForRows(int first, int n, ParallelOptions options, Action<int> row)
    {
        if (n - first < MinParallelRows || options.MaxDegreeOfParallelism == 1)
        {
            for (int i = first; i < n; i++)
            {
                row(i);
            }

            return;
        }

        int chunk = (n - first + options.MaxDegreeOfParallelism - 1) / options.MaxDegreeOfParallelism;
        Parallel.For(0, options.MaxDegreeOfParallelism, options, part =>
        {
            for (int i = first + (part * chunk); i < Math.Min(n, first + ((part + 1) * chunk)); i++)
            {
                row(i);
            }
        });
    }
}
