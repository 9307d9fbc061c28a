using System.Numerics;
using System.Runtime.InteropServices;

namespace TransferLearning.PseudoLabeling;

/// <summary>The two inner loops of discriminant analysis, in vectors of doubles.</summary>
internal static class RowArithmetic
{
    /// <summary>sum[f] += factor * row[f]; equal lengths.</summary>
    public static void AddScaled(Span<double> sum, ReadOnlySpan<double> row, double factor)
    {
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
        ReadOnlySpan<Vector<double>> rows = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int v = 0; v < sums.Length; v++)
        {
            sums[v] += rows[v] * factor;
        }

        for (int f = sums.Length * Vector<double>.Count; f < sum.Length; f++)
        {
            sum[f] += factor * row[f];
        }
    }

    /// <summary>The sum of a[f] * b[f]; equal lengths.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> first = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> second = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (int v = 0; v < first.Length; v++)
        {
            sums += first[v] * second[v];
        }

        double sum = Vector.Sum(sums);
        for (int f = first.Length * Vector<double>.Count; f < a.Length; f++)
        {
            sum += a[f] * b[f];
        }

        return sum;
    }
}
