using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Kernels;

/// <content>Combines the pixels of a window to one, channel by channel.</content>
internal static unsafe partial class Elementwise
{
    /// <summary>The sum of each channel over the pixels of a window.</summary>
    /// <param name="x">The first pixel.</param>
    /// <param name="window">At least one pixel.</param>
    /// <param name="y">One sum per channel.</param>
    /// <param name="channels">The number of channels.</param>
    public static void SumPixels(float* x, in PixelBlock window, float* y, nint channels) => Combine<Sum>(x, window, y, channels);

    /// <summary>The maximum of each channel over the pixels of a window.</summary>
    /// <param name="x">The first pixel.</param>
    /// <param name="window">At least one pixel.</param>
    /// <param name="y">One maximum per channel.</param>
    /// <param name="channels">The number of channels.</param>
    public static void MaximumOfPixels(float* x, in PixelBlock window, float* y, nint channels) => Combine<Larger>(x, window, y, channels);

    /// <summary>
    /// Combines row by row from the first pixel on. Loops: eight vectors of channels, row, pixel; the results stay in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<TOperator>(float* x, in PixelBlock window, float* y, nint channels)
        where TOperator : struct, IBinaryOperator
    {
        nint rows = window.Rows, columns = window.Columns, pixelStride = window.PixelStride, rowStride = window.RowStride;
        int lanes = Vector<float>.Count;
        nint c = 0;
        for (; c <= channels - (8 * lanes); c += 8 * lanes)
        {
            float* row = x + c;
            Vector<float> v0 = Vector.Load(row), v1 = Vector.Load(row + lanes);
            Vector<float> v2 = Vector.Load(row + (2 * lanes)), v3 = Vector.Load(row + (3 * lanes));
            Vector<float> v4 = Vector.Load(row + (4 * lanes)), v5 = Vector.Load(row + (5 * lanes));
            Vector<float> v6 = Vector.Load(row + (6 * lanes)), v7 = Vector.Load(row + (7 * lanes));
            nint first = 1;
            for (nint i = 0; i < rows; i++, row += rowStride, first = 0)
            {
                float* pixel = row + (first * pixelStride);
                for (nint k = first; k < columns; k++, pixel += pixelStride)
                {
                    v0 = TOperator.Combine(v0, Vector.Load(pixel));
                    v1 = TOperator.Combine(v1, Vector.Load(pixel + lanes));
                    v2 = TOperator.Combine(v2, Vector.Load(pixel + (2 * lanes)));
                    v3 = TOperator.Combine(v3, Vector.Load(pixel + (3 * lanes)));
                    v4 = TOperator.Combine(v4, Vector.Load(pixel + (4 * lanes)));
                    v5 = TOperator.Combine(v5, Vector.Load(pixel + (5 * lanes)));
                    v6 = TOperator.Combine(v6, Vector.Load(pixel + (6 * lanes)));
                    v7 = TOperator.Combine(v7, Vector.Load(pixel + (7 * lanes)));
                }
            }

            Vector.Store(v0, y + c);
            Vector.Store(v1, y + c + lanes);
            Vector.Store(v2, y + c + (2 * lanes));
            Vector.Store(v3, y + c + (3 * lanes));
            Vector.Store(v4, y + c + (4 * lanes));
            Vector.Store(v5, y + c + (5 * lanes));
            Vector.Store(v6, y + c + (6 * lanes));
            Vector.Store(v7, y + c + (7 * lanes));
        }

        for (; c <= channels - lanes; c += lanes)
        {
            float* row = x + c;
            var v = Vector.Load(row);
            nint first = 1;
            for (nint i = 0; i < rows; i++, row += rowStride, first = 0)
            {
                for (nint k = first; k < columns; k++)
                {
                    v = TOperator.Combine(v, Vector.Load(row + (k * pixelStride)));
                }
            }

            Vector.Store(v, y + c);
        }

        for (; c < channels; c++)
        {
            float* row = x + c;
            float value = *row;
            nint first = 1;
            for (nint i = 0; i < rows; i++, row += rowStride, first = 0)
            {
                for (nint k = first; k < columns; k++)
                {
                    value = TOperator.Combine(value, row[k * pixelStride]);
                }
            }

            y[c] = value;
        }
    }
}
