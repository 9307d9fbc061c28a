using System;
using System.Collections.Generic;
using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the transforms of Winograd's minimal filtering F(m, 3) (Lavin and Gray, 2016), m from 1 to 4, a vector of channels at a time: a
/// window of the input to its values at the points, and products to a tile of the output. The points are 0, infinity, 1, -1, 2, -2; a tile
/// of m takes the first m + 2, so that all sizes share one set of transformed weights. What the weights of F(4, 3) are divided by and those
/// of F(m, 3) are not, the input transform multiplies by.
/// Tiles of 4 x 4 are worked on one or two rows of the result at a time, first down the columns, then along the rows, so that what lies
/// between stays in registers; for that, some values are read twice. Smaller tiles, which stand at a map's edge, go through memory.
/// </summary>
internal static class WinogradKernelWriter
{
    private const int WindowSize = 6;
    private const int TileSize = 4;

    /// <summary>The rows of the input transform of a whole tile, those together that share their sums.</summary>
    private static readonly int[][] InputGroups = { new[] { 0 }, new[] { 1 }, new[] { 2, 3 }, new[] { 4, 5 } };

    /// <summary>The rows of the output transform of a whole tile, those together that share their sums.</summary>
    private static readonly int[][] OutputGroups = { new[] { 0, 2 }, new[] { 1, 3 } };

    private static readonly string[] WholeInputConstants = { "two", "four", "minusFour", "minusFive" };

    private static readonly string[] InputConstants = { "two", "three", "four", "minusTwo", "minusThree", "minusFour", "minusFive", "minusSix" };

    private static readonly string[] OutputConstants = { "two", "four", "eight" };

    public static void Write(SourceText source, VectorType vector)
    {
        Dispatch(source, "WinogradInput");
        WholeInput(source, vector);
        EdgeInput(source, vector);
        Dispatch(source, "WinogradOutput");
        WholeOutput(source, vector);
        EdgeOutput(source, vector);
        Lines(source, vector, "WinogradInputLines", InputConstants, InputLine);
        Lines(source, vector, "WinogradOutputLines", OutputConstants, OutputLine);
    }

    private static void Dispatch(SourceText source, string name)
    {
        source.Line();
        source.Open($"public static void {name}(WinogradTile* tile)");
        source.Open($"if (tile->Rows == {TileSize} && tile->Columns == {TileSize})");
        source.Line($"Whole{name}(tile);");
        source.Close();
        source.Open("else");
        source.Line($"Edge{name}(tile);");
        source.Close();
        source.Close();
    }

    private static void Open(SourceText source, string signature)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void {signature}");
    }

    private static void WholeInput(SourceText source, VectorType v)
    {
        Open(source, "WholeWinogradInput(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        RowStrides(source, "tile->RowStride");
        Constants(source, v, WholeInputConstants);
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
        1 => new[] { 1, 3, 5 },
        _ => new[] { 1, 2, 3, 4 },
    };

    /// <summary>A group of rows of the input transform of F(4, 3) times six values.</summary>
    private static void InputCombination(SourceText source, VectorType v, int[] rows, Func<int, string> d, Func<int, string> result)
    {
        if (rows.Length == 1)
        {
            int[] of = InputReads(rows[0]);
            string inner = v.MultiplyAdd("minusFive", d(of[1]), d(of[2]));
            source.Line($"{v.TypeName} {result(rows[0])} = {v.MultiplyAdd("four", d(of[0]), inner)};");
            return;
        }

        (string even, string odd) = rows[0] == 2
            ? (v.MultiplyAdd("minusFour", d(2), d(4)), v.MultiplyAdd("minusFour", d(1), d(3)))
            : ($"{d(4)} - {d(2)}", $"two * ({d(3)} - {d(1)})");
        string name = result(rows[0]);
        source.Line($"{v.TypeName} {name}even = {even}, {name}odd = {odd};");
        source.Line($"{v.TypeName} {result(rows[0])} = {name}even + {name}odd, {result(rows[1])} = {name}even - {name}odd;");
    }

    private static void WholeOutput(SourceText source, VectorType v)
    {
        Open(source, "WholeWinogradOutput(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        RowStrides(source, $"{WindowSize} * plane");
        Constants(source, v, OutputConstants);
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
        source.Open("unchecked");
        source.Line("float* products = tile->Products + c;");
        for (int x = 0; x < WindowSize; x++)
        {
            Column(source, v, "products", "plane", x, Enumerable.Range(0, WindowSize).Where(y => y != 1 - rows[0]));
            OutputCombination(source, v, rows, y => $"d{y}_{x}", y => $"r{y}_{x}");
        }

        foreach (int row in rows)
        {
            source.Open("unchecked");
            foreach (int[] columns in OutputGroups)
            {
                OutputCombination(source, v, columns, x => $"r{row}_{x}", x => $"t{x}");
            }

            source.Line($"float* target = tile->Pixels + ({row} * tile->RowStride) + c;");
            source.Line($"float* residual = tile->Residual == null ? null : tile->Residual + ({row} * tile->ResidualRowStride) + c;");
            for (int x = 0; x < TileSize; x++)
            {
                Finish(source, v, $"t{x}", x.ToString());
            }

            source.Close();
        }

        source.Close();
    }

    /// <summary>Adds bias and residual to a value, clamps it and stores it as a pixel of the row.</summary>
    private static void Finish(SourceText source, VectorType v, string value, string x)
    {
        source.Line($"{value} += bias;");
        source.Open("if (residual != null)");
        source.Line($"{value} += {v.Load($"residual + ({x} * tile->ResidualPixelStride)")};");
        source.Close();
        source.Line($"{value} = {v.Clamp(value, "low", "high")};");
        source.Line(v.Store(value, $"target + ({x} * pixel)"));
    }

    /// <summary>Rows 0 and 2, or 1 and 3 of the output transform of F(4, 3) times six values.</summary>
    private static void OutputCombination(SourceText source, VectorType v, int[] rows, Func<int, string> m, Func<int, string> result)
    {
        string sign = rows[0] == 0 ? "+" : "-", name = result(rows[0]);
        source.Line($"{v.TypeName} {name}near = {m(2)} {sign} {m(3)}, {name}far = {m(4)} {sign} {m(5)};");
        source.Line(rows[0] == 0
            ? $"{v.TypeName} {result(0)} = {m(0)} + {name}near + {name}far, {result(2)} = {v.MultiplyAdd("four", $"{name}far", $"{name}near")};"
            : $"{v.TypeName} {result(1)} = {v.MultiplyAdd("two", $"{name}far", $"{name}near")}, "
                + $"{result(3)} = {v.MultiplyAdd("eight", $"{name}far", $"{name}near")} + {m(1)};");
    }

    private static void EdgeInput(SourceText source, VectorType v)
    {
        Open(source, "EdgeWinogradInput(WinogradTile* tile)");
        source.Line("nint rows = tile->Rows, columns = tile->Columns;");
        Between(source, v);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line($"WinogradInputLines(rows, columns + 2, tile->Pixels + c, tile->RowStride, tile->PixelStride, between, {WindowSize * v.Lanes}, {v.Lanes});");
        source.Line($"WinogradInputLines(columns, rows + 2, between, {v.Lanes}, {WindowSize * v.Lanes}, "
            + $"tile->Products + c, tile->PlaneStride, {WindowSize} * tile->PlaneStride);");
        source.Close();
        source.Close();
    }

    private static void EdgeOutput(SourceText source, VectorType v)
    {
        Open(source, "EdgeWinogradOutput(WinogradTile* tile)");
        source.Line("nint rows = tile->Rows, columns = tile->Columns, pixel = tile->PixelStride;");
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        Between(source, v);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line($"WinogradOutputLines(rows, columns + 2, tile->Products + c, {WindowSize} * tile->PlaneStride, tile->PlaneStride, between, {WindowSize * v.Lanes}, {v.Lanes});");
        source.Line($"WinogradOutputLines(columns, rows, between, {v.Lanes}, {WindowSize * v.Lanes}, between, {v.Lanes}, {WindowSize * v.Lanes});");
        source.Line($"{v.TypeName} bias = {v.Load("tile->Bias + c")};");
        source.Open("for (nint y = 0; y < rows; y++)");
        source.Line("float* target = tile->Pixels + (y * tile->RowStride) + c;");
        source.Line("float* residual = tile->Residual == null ? null : tile->Residual + (y * tile->ResidualRowStride) + c;");
        source.Open("for (nint x = 0; x < columns; x++)");
        source.Line($"{v.TypeName} value = {v.Load($"between + (((y * {WindowSize}) + x) * {v.Lanes})")};");
        Finish(source, v, "value", "x");
        source.Close();
        source.Close();
        source.Close();
        source.Close();
    }

    /// <summary>What a tile's one pass leaves to the other, 6 x 6 vectors, each within a cache line.</summary>
    private static void Between(SourceText source, VectorType v)
    {
        const int CacheLine = 64;
        source.Line($"byte* room = stackalloc byte[{(WindowSize * WindowSize * v.Lanes * sizeof(float)) + CacheLine}];");
        source.Line($"float* between = (float*)(((nint)room + {CacheLine - 1}) & ~(nint){CacheLine - 1});");
    }

    /// <summary>
    /// A transform of one dimension on some lines of values, for all sizes. A line is read before it is written, so that it may be written
    /// over itself.
    /// </summary>
    private static void Lines(SourceText source, VectorType v, string name, string[] constants, Func<VectorType, int, (string[] Values, string[] Sums)> line)
    {
        Open(source, $"{name}(nint size, nint lines, float* source, nint step, nint nextLine, float* target, nint targetStep, nint nextTarget)");
        Constants(source, v, constants);
        source.Open("switch (size)");
        for (int size = 1; size <= TileSize; size++)
        {
            (string[] values, string[] sums) = line(v, size);
            source.Line($"case {size}:");
            source.Open("for (; lines > 0; lines--, source += nextLine, target += nextTarget)");
            for (int i = 0; i < size + 2; i++)
            {
                source.Line($"{v.TypeName} v{i} = {v.Load($"source + ({i} * step)")};");
            }

            foreach (string sum in sums)
            {
                source.Line($"{v.TypeName} {sum};");
            }

            for (int i = 0; i < values.Length; i++)
            {
                source.Line(v.Store($"({values[i]})", $"target + ({i} * targetStep)"));
            }

            source.Close();
            source.Line("break;");
        }

        source.Close();
        source.Close();
    }

    /// <summary>The values of a window v0 to v5 at the points, and the sums that they share.</summary>
    private static (string[] Values, string[] Sums) InputLine(VectorType v, int size) => size switch
    {
        1 => (new[] { "four * (v0 - v1)", "v2 - v1", "minusSix * v1" }, Array.Empty<string>()),
        2 => (new[] { "four * (v0 - v2)", "v3 - v1", "minusThree * (v1 + v2)", "minusThree * (v2 - v1)" }, Array.Empty<string>()),
        3 => (
            new[]
            {
                v.MultiplyAdd("four", "(v0 - v2)", "odd"),
                "v4 - v2 - odd",
                $"three * ({v.MultiplyAdd("minusTwo", "v1", "v3 - v2")})",
                v.MultiplyAdd("minusThree", "v2", v.MultiplyAdd("two", "v1", "v3")),
                "two * odd",
            },
            new[] { "odd = two * (v3 - v1)" }),
        _ => (
            new[]
            {
                v.MultiplyAdd("four", "v0", v.MultiplyAdd("minusFive", "v2", "v4")),
                v.MultiplyAdd("four", "v1", v.MultiplyAdd("minusFive", "v3", "v5")),
                "even + odd",
                "even - odd",
                "farEven + farOdd",
                "farEven - farOdd",
            },
            new[]
            {
                $"even = {v.MultiplyAdd("minusFour", "v2", "v4")}, odd = {v.MultiplyAdd("minusFour", "v1", "v3")}",
                "farEven = v4 - v2, farOdd = two * (v3 - v1)",
            }),
    };

    /// <summary>The pixels of a tile of products v0 to v5 at the points, and the sums that they share.</summary>
    private static (string[] Values, string[] Sums) OutputLine(VectorType v, int size) => size switch
    {
        1 => (new[] { "v0 + v2 + v1" }, Array.Empty<string>()),
        2 => (new[] { "v0 + v2 + v3", "v2 - v3 + v1" }, Array.Empty<string>()),
        3 => (
            new[] { "v0 + near + v4", v.MultiplyAdd("two", "v4", "v2 - v3"), v.MultiplyAdd("four", "v4", "near") + " + v1" },
            new[] { "near = v2 + v3" }),
        _ => (
            new[]
            {
                "v0 + near + far",
                v.MultiplyAdd("two", "farOdd", "nearOdd"),
                v.MultiplyAdd("four", "far", "near"),
                v.MultiplyAdd("eight", "farOdd", "nearOdd") + " + v1",
            },
            new[] { "near = v2 + v3, far = v4 + v5", "nearOdd = v2 - v3, farOdd = v4 - v5" }),
    };

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

    private static void Constants(SourceText source, VectorType v, string[] names)
    {
        source.Line($"{v.TypeName} {string.Join(", ", names.Select(n => $"{n} = {v.Broadcast(ConstantValue(n))}"))};");
    }

    private static string ConstantValue(string name) => name switch
    {
        "two" => "2f",
        "three" => "3f",
        "four" => "4f",
        "eight" => "8f",
        "minusTwo" => "-2f",
        "minusThree" => "-3f",
        "minusFour" => "-4f",
        "minusFive" => "-5f",
        "minusSix" => "-6f",
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
