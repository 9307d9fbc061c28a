using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>The loops of a reduction.</summary>
internal static class ReductionLoops<TReduction>
    where TReduction : struct, IReduction
{
    /// <summary>The maximum number of columns that are reduced together.</summary>
    public const int MaxColumns = 128;

    /// <summary>Reduces elements at a distance of <paramref name="stride"/>.</summary>
    public static double Strided(ReadOnlySpan<double> values, int start, int stride, int count)
    {
        double result = TReduction.Initial;
        for (int i = 0; i < count; i++)
        {
            result = TReduction.Add(result, values[start + (i * stride)]);
        }

        return TReduction.Finish(result, count);
    }

    /// <summary>Reduces consecutive elements, those of each lane of a vector first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Row(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<double> lows = Vector.Create(TReduction.Initial), highs = lows;
        foreach (Vector<float> vector in vectors)
        {
            Vector.Widen(vector, out Vector<double> low, out Vector<double> high);
            lows = TReduction.Add(lows, low);
            highs = TReduction.Add(highs, high);
        }

        double result = TReduction.Initial;
        for (int i = 0; i < Vector<double>.Count; i++)
        {
            result = TReduction.Join(result, TReduction.Join(lows[i], highs[i]));
        }

        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            result = TReduction.Add(result, value);
        }

        return TReduction.Finish(result, values.Length);
    }

    /// <summary>Reduces the columns of a matrix.</summary>
    /// <param name="values">The first column's first element.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="results">One result per column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ReadOnlySpan<float> values, int stride, int rows, Span<float> results)
    {
        Span<double> sums = stackalloc double[MaxColumns];
        sums.Fill(TReduction.Initial);
        int width = Vector<double>.Count, whole = results.Length / Vector<float>.Count * Vector<float>.Count;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> line = values.Slice(row * stride, results.Length);
            for (int i = 0; i < whole; i += Vector<float>.Count)
            {
                Vector.Widen(new Vector<float>(line[i..]), out Vector<double> low, out Vector<double> high);
                TReduction.Add(new Vector<double>(sums[i..]), low).CopyTo(sums[i..]);
                TReduction.Add(new Vector<double>(sums[(i + width)..]), high).CopyTo(sums[(i + width)..]);
            }

            for (int i = whole; i < line.Length; i++)
            {
                sums[i] = TReduction.Add(sums[i], line[i]);
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = (float)TReduction.Finish(sums[i], rows);
        }
    }
}
