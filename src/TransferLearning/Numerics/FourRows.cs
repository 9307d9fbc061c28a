using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Numerics;

/// <summary>
/// Products and sums of one vector and four rows of a matrix, added up in a fixed order: the vector is read and written once for all four
/// rows. Each row starts one stride after the one before; rows may be longer than the vector. As in <see cref="DenseVector"/>, the methods
/// are optimized when first compiled; one generic method for both precisions would take the compiler 20 ms longer at the start of a
/// process.
/// </summary>
internal static class FourRows
{
    /// <summary>The products of a vector with four rows, each added up as
    /// <see cref="DenseVector.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/> does.</summary>
    /// <param name="a">The vector.</param>
    /// <param name="others">The matrix, from the first of the four rows on.</param>
    /// <param name="stride">The distance from one row to the next, at least the length of the vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float First, float Second, float Third, float Fourth) Dot(
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

    /// <summary>The products of a vector with four rows, each the sum of two sums of whole vectors and of the remaining values.</summary>
    /// <inheritdoc cref="Dot(ReadOnlySpan{float}, ReadOnlySpan{float}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double First, double Second, double Third, double Fourth) Dot(
        ReadOnlySpan<double> a, ReadOnlySpan<double> others, int stride)
    {
        ReadOnlySpan<double> b = others[..a.Length], c = others.Slice(stride, a.Length);
        ReadOnlySpan<double> d = others.Slice(2 * stride, a.Length), e = others.Slice(3 * stride, a.Length);
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(b), vc = MemoryMarshal.Cast<double, Vector<double>>(c);
        ReadOnlySpan<Vector<double>> vd = MemoryMarshal.Cast<double, Vector<double>>(d), ve = MemoryMarshal.Cast<double, Vector<double>>(e);
        Vector<double> evenB = default, oddB = default, evenC = default, oddC = default;
        Vector<double> evenD = default, oddD = default, evenE = default, oddE = default;
        int v = 0;
        for (; v + 2 <= va.Length; v += 2)
        {
            Vector<double> even = va[v], odd = va[v + 1];
            evenB = Vector.FusedMultiplyAdd(even, vb[v], evenB);
            oddB = Vector.FusedMultiplyAdd(odd, vb[v + 1], oddB);
            evenC = Vector.FusedMultiplyAdd(even, vc[v], evenC);
            oddC = Vector.FusedMultiplyAdd(odd, vc[v + 1], oddC);
            evenD = Vector.FusedMultiplyAdd(even, vd[v], evenD);
            oddD = Vector.FusedMultiplyAdd(odd, vd[v + 1], oddD);
            evenE = Vector.FusedMultiplyAdd(even, ve[v], evenE);
            oddE = Vector.FusedMultiplyAdd(odd, ve[v + 1], oddE);
        }

        double sumB = 0, sumC = 0, sumD = 0, sumE = 0;
        for (int i = v * Vector<double>.Count; i < a.Length; i++)
        {
            sumB += a[i] * b[i];
            sumC += a[i] * c[i];
            sumD += a[i] * d[i];
            sumE += a[i] * e[i];
        }

        return (sumB + Vector.Sum(evenB + oddB), sumC + Vector.Sum(evenC + oddC),
            sumD + Vector.Sum(evenD + oddD), sumE + Vector.Sum(evenE + oddE));
    }

    /// <summary>target += the four rows, each times its factor.</summary>
    /// <param name="target">The vector.</param>
    /// <param name="factors">[4].</param>
    /// <param name="rows">The matrix, from the first of the four rows on.</param>
    /// <param name="stride">The distance from one row to the next, at least the length of the vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> factors, ReadOnlySpan<double> rows, int stride)
    {
        ReadOnlySpan<double> b = rows[..target.Length], c = rows.Slice(stride, target.Length);
        ReadOnlySpan<double> d = rows.Slice(2 * stride, target.Length), e = rows.Slice(3 * stride, target.Length);
        Span<Vector<double>> vt = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(b), vc = MemoryMarshal.Cast<double, Vector<double>>(c);
        ReadOnlySpan<Vector<double>> vd = MemoryMarshal.Cast<double, Vector<double>>(d), ve = MemoryMarshal.Cast<double, Vector<double>>(e);
        double fb = factors[0], fc = factors[1], fd = factors[2], fe = factors[3];
        Vector<double> allB = new(fb), allC = new(fc), allD = new(fd), allE = new(fe);
        for (int v = 0; v < vt.Length; v++)
        {
            var first = Vector.FusedMultiplyAdd(allC, vc[v], Vector.FusedMultiplyAdd(allB, vb[v], vt[v]));
            vt[v] = Vector.FusedMultiplyAdd(allE, ve[v], Vector.FusedMultiplyAdd(allD, vd[v], first));
        }

        for (int i = vt.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] = target[i] + (fb * b[i]) + (fc * c[i]) + (fd * d[i]) + (fe * e[i]);
        }
    }
}
