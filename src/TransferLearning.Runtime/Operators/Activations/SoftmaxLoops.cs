using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>
/// Softmax of float32 values, over the values of a row or over those of each column. Sums are formed in double precision.
/// </summary>
internal static class SoftmaxLoops
{
    /// <summary>The maximum number of columns that are computed together.</summary>
    public const int MaxColumns = 64;

    /// <summary>Softmax, or its logarithm, of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(ReadOnlySpan<float> x, Span<float> y, bool isLogarithm)
    {
        float largest = VectorSums.Max(x);
        double sum = 0;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(x);
        Span<Vector<float>> powers = MemoryMarshal.Cast<float, Vector<float>>(y);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < vectors.Length; i++)
        {
            var power = Vector.Exp(vectors[i] - Vector.Create(largest));
            Vector.Widen(power, out Vector<double> low, out Vector<double> high);
            sums += low + high;
            if (!isLogarithm)
            {
                powers[i] = power;
            }
        }

        int done = vectors.Length * Vector<float>.Count;
        for (int i = 0; i < Vector<double>.Count; i++)
        {
            sum += sums[i];
        }

        for (int i = done; i < x.Length; i++)
        {
            float power = MathF.Exp(x[i] - largest);
            sum += power;
            if (!isLogarithm)
            {
                y[i] = power;
            }
        }

        Finish(x, y, (float)(1 / sum), (float)(largest + Math.Log(sum)), isLogarithm);
    }

    /// <summary>Softmax, or its logarithm, of some columns side by side.</summary>
    /// <param name="x">The first row's first column; further rows follow at a distance of <paramref name="stride"/>.</param>
    /// <param name="y">Where the results go, at the same distances.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="columns">The number of columns, at most <see cref="MaxColumns"/>.</param>
    /// <param name="isLogarithm">Whether the logarithm of the softmax is computed.</param>
    public static void Columns(ReadOnlySpan<float> x, Span<float> y, int rows, int stride, int columns, bool isLogarithm)
    {
        Span<float> largest = stackalloc float[MaxColumns];
        Span<double> sums = stackalloc double[MaxColumns];
        Span<float> factors = stackalloc float[MaxColumns];
        largest.Fill(float.NegativeInfinity);
        sums.Clear();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> line = x.Slice(row * stride, columns);
            for (int i = 0; i < line.Length; i++)
            {
                largest[i] = MathF.Max(largest[i], line[i]);
            }
        }

        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> line = x.Slice(row * stride, columns);
            Span<float> target = y.Slice(row * stride, columns);
            int i = 0;
            for (; i <= columns - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector.Exp(new Vector<float>(line[i..]) - new Vector<float>(largest[i..])).CopyTo(factors[i..]);
            }

            for (; i < columns; i++)
            {
                factors[i] = MathF.Exp(line[i] - largest[i]);
            }

            for (i = 0; i < columns; i++)
            {
                sums[i] += factors[i];
                target[i] = isLogarithm ? line[i] - largest[i] : factors[i];
            }
        }

        for (int i = 0; i < columns; i++)
        {
            factors[i] = (float)(isLogarithm ? Math.Log(sums[i]) : 1 / sums[i]);
        }

        for (int row = 0; row < rows; row++)
        {
            Span<float> target = y.Slice(row * stride, columns);
            for (int i = 0; i < columns; i++)
            {
                target[i] = isLogarithm ? target[i] - factors[i] : target[i] * factors[i];
            }
        }
    }

    private static void Finish(ReadOnlySpan<float> x, Span<float> y, float factor, float logOfSum, bool isLogarithm)
    {
        if (isLogarithm)
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = x[i] - logOfSum;
            }

            return;
        }

        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(y);
        foreach (ref Vector<float> vector in vectors)
        {
            vector *= factor;
        }

        for (int i = vectors.Length * Vector<float>.Count; i < y.Length; i++)
        {
            y[i] *= factor;
        }
    }
}
