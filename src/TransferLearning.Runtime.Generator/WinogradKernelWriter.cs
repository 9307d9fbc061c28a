using System;
using System.Collections.Generic;
using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, 2016), a vector of channels at a time: a 6 x 6
/// window of the input to its 36 values, and 36 products to a 4 x 4 tile of the output. Each works on one or two rows of its result at a time,
/// first down the columns, then along the rows, so that what lies between stays in registers; for that, some values are read twice.
/// </summary>
internal static class WinogradKernelWriter
{
    private const int WindowSize = 6;
    private const int TileSize = 4;

    /// <summary>The rows of the input transform, those together that share their sums.</summary>
    private static readonly int[][] InputGroups = { new[] { 0 }, new[] { 1, 2 }, new[] { 3, 4 }, new[] { 5 } };

    /// <summary>The rows of the output transform, those together that share their sums.</summary>
    private static readonly int[][] OutputGroups = { new[] { 0, 2 }, new[] { 1, 3 } };

    public static void Write(SourceText source, VectorType vector)
    {
        Input(source, vector);
        Output(source, vector);
    }

    private static void Input(SourceText source, VectorType v)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open("public static void WinogradInput(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        RowStrides(source, "tile->RowStride");
        source.Line($"{v.TypeName} two = {v.Broadcast("2f")}, four = {v.Broadcast("4f")}, minusFour = {v.Broadcast("-4f")}, minusFive = {v.Broadcast("-5f")};");
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("float* products = tile->Products + c;");
        foreach (int[] rows in InputGroups)
        {
            InputRows(source, v, rows);
        }

        source.Close();
        source.Close();
    }

    /// <summary>A group of the six rows, in their order: the products' pointer moves on.</summary>
    private static void InputRows(SourceText source, VectorType v, int[] rows)
    {
        source.Open("unchecked");
        source.Line("float* window = tile->Pixels + c;");
        for (int x = 0; x < WindowSize; x++)
        {
            Column(source, v, "window", "pixel", x, InputReads(rows[0]));
            InputCombination(source, v, rows, y => $"d{y}_{x}", y => $"r{y}_{x}");
        }

        foreach (int row in rows)
        {
            foreach (int[] columns in InputGroups)
            {
                InputCombination(source, v, columns, x => $"r{row}_{x}", x => $"t{row}_{x}");
                foreach (int x in columns)
                {
                    source.Line(v.Store($"t{row}_{x}", "products"));
                    source.Line("products += plane;");
                }
            }
        }

        source.Close();
    }

    /// <summary>The values that a row of the input transform, or the two that share its sums, are made of.</summary>
    private static int[] InputReads(int row) => row switch
    {
        0 => new[] { 0, 2, 4 },
        5 => new[] { 1, 3, 5 },
        _ => new[] { 1, 2, 3, 4 },
    };

    /// <summary>Rows 0, 1 and 2, 3 and 4, or 5 of the input transform's matrix times six values.</summary>
    private static void InputCombination(SourceText source, VectorType v, int[] rows, Func<int, string> d, Func<int, string> result)
    {
        if (rows.Length == 1)
        {
            int[] of = InputReads(rows[0]);
            string inner = v.MultiplyAdd("minusFive", d(of[1]), d(of[2]));
            source.Line($"{v.TypeName} {result(rows[0])} = {v.MultiplyAdd("four", d(of[0]), inner)};");
            return;
        }

        (string even, string odd) = rows[0] == 1
            ? (v.MultiplyAdd("minusFour", d(2), d(4)), v.MultiplyAdd("minusFour", d(1), d(3)))
            : ($"{d(4)} - {d(2)}", $"two * ({d(3)} - {d(1)})");
        string name = result(rows[0]);
        source.Line($"{v.TypeName} {name}even = {even}, {name}odd = {odd};");
        source.Line($"{v.TypeName} {result(rows[0])} = {name}even + {name}odd, {result(rows[1])} = {name}even - {name}odd;");
    }

    private static void Output(SourceText source, VectorType v)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open("public static void WinogradOutput(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        RowStrides(source, $"{WindowSize} * plane");
        source.Line($"{v.TypeName} two = {v.Broadcast("2f")}, four = {v.Broadcast("4f")}, eight = {v.Broadcast("8f")};");
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line($"{v.TypeName} bias = {v.Load("tile->Bias + c")};");
        foreach (int[] rows in OutputGroups)
        {
            OutputRows(source, v, rows);
        }

        source.Close();
        source.Close();
    }

    /// <summary>Two of the four rows.</summary>
    private static void OutputRows(SourceText source, VectorType v, int[] rows)
    {
        source.Open($"if (tile->ValidRows > {rows[0]})");
        source.Line("float* products = tile->Products + c;");
        for (int x = 0; x < WindowSize; x++)
        {
            Column(source, v, "products", "plane", x, Enumerable.Range(rows[0], 5));
            OutputCombination(source, v, rows, y => $"d{y}_{x}", y => $"r{y}_{x}");
        }

        foreach (int row in rows)
        {
            source.Open($"if (tile->ValidRows > {row})");
            foreach (int[] columns in OutputGroups)
            {
                OutputCombination(source, v, columns, x => $"r{row}_{x}", x => $"t{x}");
            }

            Finish(source, v, row);
            source.Close();
        }

        source.Close();
    }

    private static void Finish(SourceText source, VectorType v, int row)
    {
        source.Line($"float* target = tile->Pixels + ({row} * tile->RowStride) + c;");
        source.Line($"float* residual = tile->Residual == null ? null : tile->Residual + ({row} * tile->ResidualRowStride) + c;");
        for (int x = 0; x < TileSize; x++)
        {
            source.Open(x == 0 ? "unchecked" : $"if (tile->ValidColumns > {x})");
            source.Line($"t{x} += bias;");
            source.Open("if (residual != null)");
            source.Line($"t{x} += {v.Load($"residual + ({x} * tile->ResidualPixelStride)")};");
            source.Close();
            source.Line($"t{x} = {v.Clamp($"t{x}", "low", "high")};");
            source.Line(v.Store($"t{x}", $"target + ({x} * pixel)"));
            source.Close();
        }
    }

    /// <summary>Rows 0 and 2, or 1 and 3 of the output transform's matrix times six values.</summary>
    private static void OutputCombination(SourceText source, VectorType v, int[] rows, Func<int, string> m, Func<int, string> result)
    {
        string sign = rows[0] == 0 ? "+" : "-", name = result(rows[0]);
        source.Line($"{v.TypeName} {name}near = {m(1)} {sign} {m(2)}, {name}far = {m(3)} {sign} {m(4)};");
        source.Line(rows[0] == 0
            ? $"{v.TypeName} {result(0)} = {m(0)} + {name}near + {name}far, {result(2)} = {v.MultiplyAdd("four", $"{name}far", $"{name}near")};"
            : $"{v.TypeName} {result(1)} = {v.MultiplyAdd("two", $"{name}far", $"{name}near")}, "
                + $"{result(3)} = {v.MultiplyAdd("eight", $"{name}far", $"{name}near")} + {m(5)};");
    }

    /// <summary>Loads some values of a column, then moves on to the next.</summary>
    private static void Column(SourceText source, VectorType v, string pointer, string stride, int x, IEnumerable<int> rows)
    {
        source.Line($"{v.TypeName} {string.Join(", ", rows.Select(y => $"d{y}_{x} = {v.Load($"{pointer} + row{y}")}"))};");
        source.Line($"{pointer} += {stride};");
    }

    private static void RowStrides(SourceText source, string stride)
    {
        source.Line($"nint row0 = 0, row1 = {stride}, row2 = 2 * row1, row3 = 3 * row1, row4 = 4 * row1, row5 = 5 * row1;");
    }
}
