using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Heads.Objective;

/// <summary>
/// The two matrix products of training a head. Rows of features are chosen by their offsets, so that folds and batches need no copies.
/// Twelve accumulators (four rows or four vectors of features, times three classes) hide the latency of multiply-add and fit 16
/// registers; the classes, at least two, are divided into blocks of three and two.
/// </summary>
internal static class HeadKernels
{
    private const int RowBlock = 4;

    /// <summary>
    /// logits[i, c] = bias[c] + features[rows[i]] . weights[c]. Shapes: features [n, stride], weights [classes, stride], logits [rows,
    /// logitStride]. Loops: blocks of classes, blocks of 4 rows, features.
    /// </summary>
    public static void Logits(
        PaddedMatrix features, ReadOnlySpan<nint> rows, PaddedMatrix weights, ReadOnlySpan<float> bias, Span<float> logits, int logitStride)
    {
        int classes = bias.Length, stride = features.Stride;
        for (int c = 0; c < classes;)
        {
            bool three = TakesThree(classes - c);
            for (int i = 0; i < rows.Length; i += RowBlock)
            {
                // The last block repeats the last row to be complete.
                int last = rows.Length - 1;
                ref float x0 = ref Unsafe.Add(ref features.First, rows[i]);
                ref float x1 = ref Unsafe.Add(ref features.First, rows[Math.Min(i + 1, last)]);
                ref float x2 = ref Unsafe.Add(ref features.First, rows[Math.Min(i + 2, last)]);
                ref float x3 = ref Unsafe.Add(ref features.First, rows[Math.Min(i + 3, last)]);
                ref float w = ref Unsafe.Add(ref weights.First, c * stride);
                Span<float> target = logits[((i * logitStride) + c)..];
                int count = Math.Min(RowBlock, rows.Length - i);
                if (three)
                {
                    Dot4x3(ref x0, ref x1, ref x2, ref x3, ref w, stride, bias[c..], target, logitStride, count);
                }
                else
                {
                    Dot4x2(ref x0, ref x1, ref x2, ref x3, ref w, stride, bias[c..], target, logitStride, count);
                }
            }

            c += three ? 3 : 2;
        }
    }

    /// <summary>
    /// gradient[c, f] += sum over i of residuals[i, c] * features[rows[i], f]. Shapes: residuals [rows, residualStride], gradient
    /// [classes, stride]. Loops: blocks of 4 vectors of features, blocks of classes, rows.
    /// </summary>
    public static void AddGradient(
        PaddedMatrix features, ReadOnlySpan<nint> rows, ReadOnlySpan<float> residuals, int residualStride, PaddedMatrix gradient)
    {
        int classes = gradient.Rows, stride = features.Stride;
        for (int f = 0; f < stride; f += PaddedMatrix.Step)
        {
            for (int c = 0; c < classes;)
            {
                ref float x = ref Unsafe.Add(ref features.First, f);
                ref float target = ref Unsafe.Add(ref gradient.First, (c * stride) + f);
                if (TakesThree(classes - c))
                {
                    Outer3(ref x, rows, residuals[c..], residualStride, ref target, stride);
                    c += 3;
                }
                else
                {
                    Outer2(ref x, rows, residuals[c..], residualStride, ref target, stride);
                    c += 2;
                }
            }
        }
    }

    /// <summary>Three, unless there are fewer or a single class would remain: four classes are two blocks of two.</summary>
    private static bool TakesThree(int remaining) => remaining is 3 or > 4;

    private static void Dot4x3(
        ref float x0,
        ref float x1,
        ref float x2,
        ref float x3,
        ref float w,
        int length,
        ReadOnlySpan<float> bias,
        Span<float> target,
        int targetStride,
        int rows)
    {
        Vector<float> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector<float> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        ref float w1 = ref Unsafe.Add(ref w, length), w2 = ref Unsafe.Add(ref w, 2 * length);
        for (nuint f = 0; f < (nuint)length; f += (nuint)Vector<float>.Count)
        {
            Vector<float> a = Vector.LoadUnsafe(ref w, f), b = Vector.LoadUnsafe(ref w1, f), c = Vector.LoadUnsafe(ref w2, f);
            var x = Vector.LoadUnsafe(ref x0, f);
            s00 = Vector.FusedMultiplyAdd(x, a, s00);
            s01 = Vector.FusedMultiplyAdd(x, b, s01);
            s02 = Vector.FusedMultiplyAdd(x, c, s02);
            x = Vector.LoadUnsafe(ref x1, f);
            s10 = Vector.FusedMultiplyAdd(x, a, s10);
            s11 = Vector.FusedMultiplyAdd(x, b, s11);
            s12 = Vector.FusedMultiplyAdd(x, c, s12);
            x = Vector.LoadUnsafe(ref x2, f);
            s20 = Vector.FusedMultiplyAdd(x, a, s20);
            s21 = Vector.FusedMultiplyAdd(x, b, s21);
            s22 = Vector.FusedMultiplyAdd(x, c, s22);
            x = Vector.LoadUnsafe(ref x3, f);
            s30 = Vector.FusedMultiplyAdd(x, a, s30);
            s31 = Vector.FusedMultiplyAdd(x, b, s31);
            s32 = Vector.FusedMultiplyAdd(x, c, s32);
        }

        Store3(target, bias, s00, s01, s02);
        if (rows > 1)
        {
            Store3(target[targetStride..], bias, s10, s11, s12);
        }

        if (rows > 2)
        {
            Store3(target[(2 * targetStride)..], bias, s20, s21, s22);
        }

        if (rows > 3)
        {
            Store3(target[(3 * targetStride)..], bias, s30, s31, s32);
        }
    }

    private static void Dot4x2(
        ref float x0,
        ref float x1,
        ref float x2,
        ref float x3,
        ref float w,
        int length,
        ReadOnlySpan<float> bias,
        Span<float> target,
        int targetStride,
        int rows)
    {
        Vector<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector<float> s20 = default, s21 = default, s30 = default, s31 = default;
        ref float w1 = ref Unsafe.Add(ref w, length);
        for (nuint f = 0; f < (nuint)length; f += (nuint)Vector<float>.Count)
        {
            Vector<float> a = Vector.LoadUnsafe(ref w, f), b = Vector.LoadUnsafe(ref w1, f);
            var x = Vector.LoadUnsafe(ref x0, f);
            s00 = Vector.FusedMultiplyAdd(x, a, s00);
            s01 = Vector.FusedMultiplyAdd(x, b, s01);
            x = Vector.LoadUnsafe(ref x1, f);
            s10 = Vector.FusedMultiplyAdd(x, a, s10);
            s11 = Vector.FusedMultiplyAdd(x, b, s11);
            x = Vector.LoadUnsafe(ref x2, f);
            s20 = Vector.FusedMultiplyAdd(x, a, s20);
            s21 = Vector.FusedMultiplyAdd(x, b, s21);
            x = Vector.LoadUnsafe(ref x3, f);
            s30 = Vector.FusedMultiplyAdd(x, a, s30);
            s31 = Vector.FusedMultiplyAdd(x, b, s31);
        }

        Store2(target, bias, s00, s01);
        if (rows > 1)
        {
            Store2(target[targetStride..], bias, s10, s11);
        }

        if (rows > 2)
        {
            Store2(target[(2 * targetStride)..], bias, s20, s21);
        }

        if (rows > 3)
        {
            Store2(target[(3 * targetStride)..], bias, s30, s31);
        }
    }

    private static void Store3(Span<float> target, ReadOnlySpan<float> bias, Vector<float> a, Vector<float> b, Vector<float> c)
    {
        target[2] = Vector.Sum(c) + bias[2];
        Store2(target, bias, a, b);
    }

    private static void Store2(Span<float> target, ReadOnlySpan<float> bias, Vector<float> a, Vector<float> b)
    {
        target[1] = Vector.Sum(b) + bias[1];
        target[0] = Vector.Sum(a) + bias[0];
    }

    private static void Outer3(
        ref float features, ReadOnlySpan<nint> rows, ReadOnlySpan<float> residuals, int residualStride, ref float target, int stride)
    {
        ref float t1 = ref Unsafe.Add(ref target, stride), t2 = ref Unsafe.Add(ref target, 2 * stride);
        var s00 = Vector.LoadUnsafe(ref target);
        var s01 = Vector.LoadUnsafe(ref target, (nuint)Vector<float>.Count);
        var s02 = Vector.LoadUnsafe(ref target, 2 * (nuint)Vector<float>.Count);
        var s03 = Vector.LoadUnsafe(ref target, 3 * (nuint)Vector<float>.Count);
        var s10 = Vector.LoadUnsafe(ref t1);
        var s11 = Vector.LoadUnsafe(ref t1, (nuint)Vector<float>.Count);
        var s12 = Vector.LoadUnsafe(ref t1, 2 * (nuint)Vector<float>.Count);
        var s13 = Vector.LoadUnsafe(ref t1, 3 * (nuint)Vector<float>.Count);
        var s20 = Vector.LoadUnsafe(ref t2);
        var s21 = Vector.LoadUnsafe(ref t2, (nuint)Vector<float>.Count);
        var s22 = Vector.LoadUnsafe(ref t2, 2 * (nuint)Vector<float>.Count);
        var s23 = Vector.LoadUnsafe(ref t2, 3 * (nuint)Vector<float>.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref features, rows[i]);
            ReadOnlySpan<float> g = residuals.Slice(i * residualStride, 3);
            Vector<float> a = new(g[0]), b = new(g[1]), c = new(g[2]);
            var x = Vector.LoadUnsafe(ref row);
            s00 = Vector.FusedMultiplyAdd(x, a, s00);
            s10 = Vector.FusedMultiplyAdd(x, b, s10);
            s20 = Vector.FusedMultiplyAdd(x, c, s20);
            x = Vector.LoadUnsafe(ref row, (nuint)Vector<float>.Count);
            s01 = Vector.FusedMultiplyAdd(x, a, s01);
            s11 = Vector.FusedMultiplyAdd(x, b, s11);
            s21 = Vector.FusedMultiplyAdd(x, c, s21);
            x = Vector.LoadUnsafe(ref row, 2 * (nuint)Vector<float>.Count);
            s02 = Vector.FusedMultiplyAdd(x, a, s02);
            s12 = Vector.FusedMultiplyAdd(x, b, s12);
            s22 = Vector.FusedMultiplyAdd(x, c, s22);
            x = Vector.LoadUnsafe(ref row, 3 * (nuint)Vector<float>.Count);
            s03 = Vector.FusedMultiplyAdd(x, a, s03);
            s13 = Vector.FusedMultiplyAdd(x, b, s13);
            s23 = Vector.FusedMultiplyAdd(x, c, s23);
        }

        Save4(ref target, s00, s01, s02, s03);
        Save4(ref t1, s10, s11, s12, s13);
        Save4(ref t2, s20, s21, s22, s23);
    }

    private static void Outer2(
        ref float features, ReadOnlySpan<nint> rows, ReadOnlySpan<float> residuals, int residualStride, ref float target, int stride)
    {
        ref float t1 = ref Unsafe.Add(ref target, stride);
        var s00 = Vector.LoadUnsafe(ref target);
        var s01 = Vector.LoadUnsafe(ref target, (nuint)Vector<float>.Count);
        var s02 = Vector.LoadUnsafe(ref target, 2 * (nuint)Vector<float>.Count);
        var s03 = Vector.LoadUnsafe(ref target, 3 * (nuint)Vector<float>.Count);
        var s10 = Vector.LoadUnsafe(ref t1);
        var s11 = Vector.LoadUnsafe(ref t1, (nuint)Vector<float>.Count);
        var s12 = Vector.LoadUnsafe(ref t1, 2 * (nuint)Vector<float>.Count);
        var s13 = Vector.LoadUnsafe(ref t1, 3 * (nuint)Vector<float>.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref features, rows[i]);
            ReadOnlySpan<float> g = residuals.Slice(i * residualStride, 2);
            Vector<float> a = new(g[0]), b = new(g[1]);
            var x = Vector.LoadUnsafe(ref row);
            s00 = Vector.FusedMultiplyAdd(x, a, s00);
            s10 = Vector.FusedMultiplyAdd(x, b, s10);
            x = Vector.LoadUnsafe(ref row, (nuint)Vector<float>.Count);
            s01 = Vector.FusedMultiplyAdd(x, a, s01);
            s11 = Vector.FusedMultiplyAdd(x, b, s11);
            x = Vector.LoadUnsafe(ref row, 2 * (nuint)Vector<float>.Count);
            s02 = Vector.FusedMultiplyAdd(x, a, s02);
            s12 = Vector.FusedMultiplyAdd(x, b, s12);
            x = Vector.LoadUnsafe(ref row, 3 * (nuint)Vector<float>.Count);
            s03 = Vector.FusedMultiplyAdd(x, a, s03);
            s13 = Vector.FusedMultiplyAdd(x, b, s13);
        }

        Save4(ref target, s00, s01, s02, s03);
        Save4(ref t1, s10, s11, s12, s13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save4(ref float to, Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        a.StoreUnsafe(ref to);
        b.StoreUnsafe(ref to, (nuint)Vector<float>.Count);
        c.StoreUnsafe(ref to, 2 * (nuint)Vector<float>.Count);
        d.StoreUnsafe(ref to, 3 * (nuint)Vector<float>.Count);
    }
}
