using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.LinearAlgebra;

/// <summary>
/// Products and sums of long vectors, in a fixed order of additions. Lengths must agree. Loading a model calls them by the ten thousand:
/// they are compiled at once for speed.
/// </summary>
internal static class DenseVector
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int v = 0;
        for (; v + 4 <= va.Length; v += 4)
        {
            s0 = Vector.FusedMultiplyAdd(va[v], vb[v], s0);
            s1 = Vector.FusedMultiplyAdd(va[v + 1], vb[v + 1], s1);
            s2 = Vector.FusedMultiplyAdd(va[v + 2], vb[v + 2], s2);
            s3 = Vector.FusedMultiplyAdd(va[v + 3], vb[v + 3], s3);
        }

        double sum = 0;
        for (int i = v * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum + Vector.Sum(s0 + s1 + (s2 + s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> even = default, odd = default;
        int v = 0;
        for (; v + 2 <= va.Length; v += 2)
        {
            even = Vector.FusedMultiplyAdd(va[v], vb[v], even);
            odd = Vector.FusedMultiplyAdd(va[v + 1], vb[v + 1], odd);
        }

        float sum = 0;
        for (int i = v * Vector<float>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum + Vector.Sum(even + odd);
    }

    /// <summary>The products of a vector with four of its length, each added up as <see cref="Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    /// does: a matrix's row is read once for four vectors.</summary>
    /// <param name="a">The one vector.</param>
    /// <param name="others">The four: each begins <paramref name="stride"/> after the one before, and may go on behind.</param>
    /// <param name="stride">From one to the next, at least the vector's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float First, float Second, float Third, float Fourth) DotFour(
        ReadOnlySpan<float> a, ReadOnlySpan<float> others, int stride)
    {
        ReadOnlySpan<float> b = others[..a.Length], c = others.Slice(stride, a.Length);
        ReadOnlySpan<float> d = others.Slice(2 * stride, a.Length), e = others.Slice(3 * stride, a.Length);
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a);
        ReadOnlySpan<Vector<float>> vb = MemoryMarshal.Cast<float, Vector<float>>(b), vc = MemoryMarshal.Cast<float, Vector<float>>(c);
        ReadOnlySpan<Vector<float>> vd = MemoryMarshal.Cast<float, Vector<float>>(d), ve = MemoryMarshal.Cast<float, Vector<float>>(e);
        Vector<float> evenB = default, oddB = default, evenC = default, oddC = default;
        Vector<float> evenD = default, oddD = default, evenE = default, oddE = default;
        int v = 0;
        for (; v + 2 <= va.Length; v += 2)
        {
            Vector<float> even = va[v], odd = va[v + 1];
            evenB = Vector.FusedMultiplyAdd(even, vb[v], evenB);
            oddB = Vector.FusedMultiplyAdd(odd, vb[v + 1], oddB);
            evenC = Vector.FusedMultiplyAdd(even, vc[v], evenC);
            oddC = Vector.FusedMultiplyAdd(odd, vc[v + 1], oddC);
            evenD = Vector.FusedMultiplyAdd(even, vd[v], evenD);
            oddD = Vector.FusedMultiplyAdd(odd, vd[v + 1], oddD);
            evenE = Vector.FusedMultiplyAdd(even, ve[v], evenE);
            oddE = Vector.FusedMultiplyAdd(odd, ve[v + 1], oddE);
        }

        float sumB = 0, sumC = 0, sumD = 0, sumE = 0;
        for (int i = v * Vector<float>.Count; i < a.Length; i++)
        {
            sumB += a[i] * b[i];
            sumC += a[i] * c[i];
            sumD += a[i] * d[i];
            sumE += a[i] * e[i];
        }

        return (sumB + Vector.Sum(evenB + oddB), sumC + Vector.Sum(evenC + oddC),
            sumD + Vector.Sum(evenD + oddD), sumE + Vector.Sum(evenE + oddE));
    }

    /// <summary>target += factor * values.</summary>
    public static void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * values[i];
        }
    }

    /// <summary>target += factor * values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> values)
    {
        Span<Vector<double>> vt = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> vv = MemoryMarshal.Cast<double, Vector<double>>(values);
        var f = new Vector<double>(factor);
        for (int v = 0; v < vt.Length; v++)
        {
            vt[v] = Vector.FusedMultiplyAdd(f, vv[v], vt[v]);
        }

        for (int i = vt.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += factor * values[i];
        }
    }

    public static void Scale(Span<double> values, double factor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(Span<float> values, float divisor)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var d = new Vector<float>(divisor);
        for (int v = 0; v < vectors.Length; v++)
        {
            vectors[v] /= d;
        }

        for (int i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
        {
            values[i] /= divisor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = values[i];
        }

        return doubles;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] ToSingles(ReadOnlySpan<double> values)
    {
        var singles = new float[values.Length];
        for (int i = 0; i < singles.Length; i++)
        {
            singles[i] = (float)values[i];
        }

        return singles;
    }

    public static double LargestMagnitude(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
