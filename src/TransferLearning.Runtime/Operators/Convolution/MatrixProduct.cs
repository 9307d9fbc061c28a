using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>
/// Products of float32 matrices. The right one is copied to panels as wide as a block of the result, which stays in registers: four rows of
/// three vectors. Each element is summed in the order of the inner axis, whatever the number of threads.
/// </summary>
internal static class MatrixProduct
{
    private const int BlockRows = 4;
    private const int PanelVectors = 3;

    private static int PanelWidth => PanelVectors * Vector<float>.Count;

    /// <summary>result = a b for a number of matrices, each result row-major.</summary>
    /// <param name="call">The call, for its threads and memory.</param>
    /// <param name="a">The left matrices, [rows, inner].</param>
    /// <param name="b">The right matrices, [inner, columns].</param>
    /// <param name="starts">The positions of the first elements of the three matrices of each product.</param>
    /// <param name="rows">The rows of the left matrices.</param>
    /// <param name="inner">The columns of the left matrices, and rows of the right ones.</param>
    /// <param name="columns">The columns of the right matrices.</param>
    /// <param name="result">The results.</param>
    public static void Run(
        OperatorCall call,
        MatrixView a,
        MatrixView b,
        (int Left, int Right, int Result)[] starts,
        int rows,
        int inner,
        int columns,
        TensorBuffer<float> result)
    {
        int panels = (columns + PanelWidth - 1) / PanelWidth;
        call.For(starts.Length * panels, ((long)rows * inner * PanelWidth / 8) + 1, (from, to) =>
        {
            TensorBuffer<float> panel = call.Memory.Temporary<float>(Math.Max(1, inner) * PanelWidth);
            for (int item = from; item < to; item++)
            {
                (int product, int first) = (item / panels, item % panels * PanelWidth);
                int width = Math.Min(PanelWidth, columns - first);
                Pack(b, starts[product].Right + (first * b.ColumnStride), inner, width, panel.Span);
                Multiply(
                    a.Values.Floats[Math.Min(starts[product].Left, a.Values.Length)..],
                    a,
                    panel.Span,
                    result.Span[(starts[product].Result + first)..],
                    rows,
                    inner,
                    columns,
                    width);
            }
        });
    }

    /// <summary>Copies some columns of the right matrix to a panel [inner, PanelWidth]; missing columns become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(MatrixView b, int start, int inner, int width, Span<float> panel)
    {
        ReadOnlySpan<float> values = b.Values.Floats;
        if (width < PanelWidth)
        {
            panel[..(inner * PanelWidth)].Clear();
        }

        if (b.ColumnStride == 1)
        {
            for (int k = 0; k < inner; k++)
            {
                values.Slice(start + (k * b.RowStride), width).CopyTo(panel[(k * PanelWidth)..]);
            }

            return;
        }

        for (int column = 0; column < width; column++)
        {
            int position = start + (column * b.ColumnStride);
            for (int k = 0, target = column; k < inner; k++, position += b.RowStride, target += PanelWidth)
            {
                panel[target] = values[position];
            }
        }
    }

    private static void Multiply(
        ReadOnlySpan<float> left, MatrixView a, ReadOnlySpan<float> panel, Span<float> result, int rows, int inner, int columns, int width)
    {
        Span<float> block = stackalloc float[BlockRows * PanelWidth];
        int row = 0;
        for (; row <= rows - BlockRows; row += BlockRows)
        {
            if (width == PanelWidth)
            {
                FourRows(left[(row * a.RowStride)..], a, panel, result[(row * columns)..], inner, columns);
                continue;
            }

            FourRows(left[(row * a.RowStride)..], a, panel, block, inner, PanelWidth);
            for (int i = 0; i < BlockRows; i++)
            {
                block.Slice(i * PanelWidth, width).CopyTo(result[((row + i) * columns)..]);
            }
        }

        for (; row < rows; row++)
        {
            OneRow(left[Math.Min(left.Length, row * a.RowStride)..], a, panel, block, inner);
            block[..width].CopyTo(result[(row * columns)..]);
        }
    }

    /// <summary>Four rows of the result, [4, PanelWidth]: for each inner index, one value of each row times a row of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(
        ReadOnlySpan<float> left, MatrixView a, ReadOnlySpan<float> panel, Span<float> result, int inner, int stride)
    {
        ReadOnlySpan<Vector<float>> right = MemoryMarshal.Cast<float, Vector<float>>(panel);
        ref Vector<float> b = ref MemoryMarshal.GetReference(right);
        Vector<float> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector<float> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        int step = a.ColumnStride, second = a.RowStride, third = 2 * a.RowStride, fourth = 3 * a.RowStride;

        // The last reads of both operands are checked once, before the loop reads without checks.
        _ = inner > 0 ? left[((inner - 1) * step) + fourth] + right[(inner * PanelVectors) - 1][0] : 0;
        ref float x = ref MemoryMarshal.GetReference(left);
        for (int k = 0; k < inner; k++)
        {
            Vector<float> b0 = b, b1 = Unsafe.Add(ref b, 1), b2 = Unsafe.Add(ref b, 2);
            Vector<float> x0 = Vector.Create(x), x1 = Vector.Create(Unsafe.Add(ref x, second));
            s00 = Vector.MultiplyAddEstimate(x0, b0, s00);
            s01 = Vector.MultiplyAddEstimate(x0, b1, s01);
            s02 = Vector.MultiplyAddEstimate(x0, b2, s02);
            s10 = Vector.MultiplyAddEstimate(x1, b0, s10);
            s11 = Vector.MultiplyAddEstimate(x1, b1, s11);
            s12 = Vector.MultiplyAddEstimate(x1, b2, s12);
            Vector<float> x2 = Vector.Create(Unsafe.Add(ref x, third)), x3 = Vector.Create(Unsafe.Add(ref x, fourth));
            s20 = Vector.MultiplyAddEstimate(x2, b0, s20);
            s21 = Vector.MultiplyAddEstimate(x2, b1, s21);
            s22 = Vector.MultiplyAddEstimate(x2, b2, s22);
            s30 = Vector.MultiplyAddEstimate(x3, b0, s30);
            s31 = Vector.MultiplyAddEstimate(x3, b1, s31);
            s32 = Vector.MultiplyAddEstimate(x3, b2, s32);
            x = ref Unsafe.Add(ref x, step);
            b = ref Unsafe.Add(ref b, PanelVectors);
        }

        Store(result, s00, s01, s02);
        Store(result[stride..], s10, s11, s12);
        Store(result[(2 * stride)..], s20, s21, s22);
        Store(result[(3 * stride)..], s30, s31, s32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(ReadOnlySpan<float> left, MatrixView a, ReadOnlySpan<float> panel, Span<float> result, int inner)
    {
        ReadOnlySpan<Vector<float>> right = MemoryMarshal.Cast<float, Vector<float>>(panel);
        Vector<float> s0 = default, s1 = default, s2 = default;
        for (int k = 0, position = 0; k < inner; k++, position += a.ColumnStride)
        {
            var x = Vector.Create(left[position]);
            s0 = Vector.MultiplyAddEstimate(x, right[k * PanelVectors], s0);
            s1 = Vector.MultiplyAddEstimate(x, right[(k * PanelVectors) + 1], s1);
            s2 = Vector.MultiplyAddEstimate(x, right[(k * PanelVectors) + 2], s2);
        }

        Store(result, s0, s1, s2);
    }

    private static void Store(Span<float> target, Vector<float> first, Vector<float> second, Vector<float> third)
    {
        first.CopyTo(target);
        second.CopyTo(target[Vector<float>.Count..]);
        third.CopyTo(target[(2 * Vector<float>.Count)..]);
    }
}
