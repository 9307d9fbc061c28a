using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>
/// Copies a matrix while it is transposed: target[i, j] = source[j, i], times a factor. Loops: blocks of 8 x 8, transposed in registers
/// where the processor has AVX; the rest element by element. Bounds: rows x columns elements of the target, at its row stride.
/// </summary>
internal static unsafe class TransposedCopy
{
    private const int Block = 8;

    /// <param name="source">Consecutive down a column of the target: element [i, j] is at i + j * sourceStride.</param>
    /// <param name="sourceStride">The distance between columns of the target, in the source.</param>
    /// <param name="target">Element [i, j] is at i * targetStride + j.</param>
    /// <param name="targetStride">The distance between rows of the target.</param>
    /// <param name="rows">The number of rows of the target.</param>
    /// <param name="columns">The number of columns of the target.</param>
    /// <param name="factor">What each element is multiplied by.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceStride, float* target, nint targetStride, nint rows, nint columns, float factor)
    {
        nint blockRows = Avx.IsSupported ? rows / Block * Block : 0, blockColumns = Avx.IsSupported ? columns / Block * Block : 0;
        for (nint j = 0; j < blockColumns; j += Block)
        {
            for (nint i = 0; i < blockRows; i += Block)
            {
                Transpose8(source + i + (j * sourceStride), sourceStride, target + (i * targetStride) + j, targetStride, factor);
            }
        }

        Elements(source, sourceStride, target, targetStride, 0, blockRows, blockColumns, columns, factor);
        Elements(source, sourceStride, target, targetStride, blockRows, rows, 0, columns, factor);
    }

    private static void Elements(
        float* source,
        nint sourceStride,
        float* target,
        nint targetStride,
        nint row,
        nint rowsEnd,
        nint column,
        nint columnsEnd,
        float factor)
    {
        for (nint i = row; i < rowsEnd; i++)
        {
            for (nint j = column; j < columnsEnd; j++)
            {
                target[(i * targetStride) + j] = source[i + (j * sourceStride)] * factor;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* s, nint ss, float* t, nint ts, float factor)
    {
        var f = Vector256.Create(factor);
        Vector256<float> r0 = Vector256.Load(s) * f, r1 = Vector256.Load(s + ss) * f;
        Vector256<float> r2 = Vector256.Load(s + (2 * ss)) * f, r3 = Vector256.Load(s + (3 * ss)) * f;
        Vector256<float> r4 = Vector256.Load(s + (4 * ss)) * f, r5 = Vector256.Load(s + (5 * ss)) * f;
        Vector256<float> r6 = Vector256.Load(s + (6 * ss)) * f, r7 = Vector256.Load(s + (7 * ss)) * f;
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44), b1 = Avx.Shuffle(a0, a2, 0xEE);
        Vector256<float> b2 = Avx.Shuffle(a1, a3, 0x44), b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44), b5 = Avx.Shuffle(a4, a6, 0xEE);
        Vector256<float> b6 = Avx.Shuffle(a5, a7, 0x44), b7 = Avx.Shuffle(a5, a7, 0xEE);
        Avx.Permute2x128(b0, b4, 0x20).Store(t);
        Avx.Permute2x128(b1, b5, 0x20).Store(t + ts);
        Avx.Permute2x128(b2, b6, 0x20).Store(t + (2 * ts));
        Avx.Permute2x128(b3, b7, 0x20).Store(t + (3 * ts));
        Avx.Permute2x128(b0, b4, 0x31).Store(t + (4 * ts));
        Avx.Permute2x128(b1, b5, 0x31).Store(t + (5 * ts));
        Avx.Permute2x128(b2, b6, 0x31).Store(t + (6 * ts));
        Avx.Permute2x128(b3, b7, 0x31).Store(t + (7 * ts));
    }
}
