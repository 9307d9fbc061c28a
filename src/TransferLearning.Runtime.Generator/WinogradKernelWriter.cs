using System;
using System.Collections.Generic;
using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the transforms of Winograd's minimal filtering F(m, 3) (Lavin and Gray, 2016), m from 1 to 4, a vector of channels at a time: a
/// window of the input to its values at the points, and products to a tile of the output. The points are 0, infinity, 1, -1, 2, -2; a tile
/// of m takes the first m + 2, so that all sizes share one set of transformed weights. What the weights of F(4, 3) are divided by and those
/// of F(m, 3) are not, the input transform multiplies by.
/// A call works on a pair of rows of points: 0 and infinity, 1 and -1, or 2 and -2. The input transform writes their products' twelve values,
/// the output transform adds what these give to the tile's pixels. Tiles of 4 x 4 stay in registers, smaller ones, which stand at a map's
/// edge, go through memory.
/// </summary>
internal static class WinogradKernelWriter
{
    private const int WindowSize = 6;
    private const int TileSize = 4;
    private const int Pairs = 3;

    /// <summary>The points of the input transform of a whole tile, those together that share their sums.</summary>
    private static readonly int[][] InputGroups = { new[] { 0 }, new[] { 1 }, new[] { 2, 3 }, new[] { 4, 5 } };

    /// <summary>The pixels of the output transform of a whole tile, those together that share their sums.</summary>
    private static readonly int[][] OutputGroups = { new[] { 0, 2 }, new[] { 1, 3 } };

    private static readonly string[] WholeInputConstants = { "two", "four", "minusFour", "minusFive" };

    private static readonly string[] InputConstants = { "two", "three", "four", "minusTwo", "minusThree", "minusFour", "minusFive", "minusSix" };

    private static readonly string[] OutputConstants = { "two", "four", "eight" };

    public static void Write(SourceText source, VectorType vector)
    {
        Dispatch(source, "WinogradInput");
        Dispatch(source, "WinogradOutput");
        for (int pair = 0; pair < Pairs; pair++)
        {
            WholeInput(source, vector, pair);
            WholeOutput(source, vector, pair);
        }

        EdgeInput(source, vector);
        EdgeOutput(source, vector);
        InputPairs(source, vector);
        Lines(source, vector, "WinogradInputLines", InputConstants, InputLine);
        Lines(source, vector, "WinogradOutputLines", OutputConstants, OutputLine);
    }

    private static void Dispatch(SourceText source, string name)
    {
        source.Line();
        source.Open($"public static void {name}(WinogradTile* tile)");
        source.Open($"switch (tile->Rows == {TileSize} && tile->Columns == {TileSize} ? tile->Pair : -1)");
        for (int pair = 0; pair < Pairs; pair++)
        {
            source.Line($"case {pair}: Whole{name}{pair}(tile); break;");
        }

        source.Line($"default: Edge{name}(tile); break;");
        source.Close();
        source.Close();
    }

    private static void Open(SourceText source, string signature)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void {signature}");
    }

    /// <summary>First down the columns to the two points, then along the rows; the products' pointer moves on from matrix to matrix.</summary>
    private static void WholeInput(SourceText source, VectorType v, int pair)
    {
        int[] rows = { 2 * pair, (2 * pair) + 1 };
        int[][] groups = InputGroups.Where(g => g[0] / 2 == pair).ToArray();
        Open(source, $"WholeWinogradInput{pair}(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        source.Line("nint row1 = tile->RowStride, row2 = 2 * row1, row3 = 3 * row1, row4 = 4 * row1, row5 = 5 * row1;");
        Constants(source, v, WholeInputConstants);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("float* products = tile->Products + c, window = tile->Pixels + c;");
        for (int x = 0; x < WindowSize; x++)
        {
            string values = string.Join(", ", groups.SelectMany(g => InputReads(g[0])).Select(y => $"d{y}_{x} = {v.Load(y == 0 ? "window" : $"window + row{y}")}"));
            source.Line($"{v.TypeName} {values};");
            source.Line("window += pixel;");
            foreach (int[] group in groups)
            {
                InputCombination(source, v, group, y => $"d{y}_{x}", y => $"r{y}_{x}");
            }
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
        source.Close();
    }

    /// <summary>The values that a point of the input transform, or the two that share its sums, are made of.</summary>
    private static int[] InputReads(int point) => point switch
    {
        0 => new[] { 0, 2, 4 },
        1 => new[] { 1, 3, 5 },
        _ => new[] { 1, 2, 3, 4 },
    };

    /// <summary>Six values at a group of points of F(4, 3).</summary>
    private static void InputCombination(SourceText source, VectorType v, int[] points, Func<int, string> d, Func<int, string> result)
    {
        if (points.Length == 1)
        {
            int[] of = InputReads(points[0]);
            string inner = v.MultiplyAdd("minusFive", d(of[1]), d(of[2]));
            source.Line($"{v.TypeName} {result(points[0])} = {v.MultiplyAdd("four", d(of[0]), inner)};");
            return;
        }

        (string even, string odd) = points[0] == 2
            ? (v.MultiplyAdd("minusFour", d(2), d(4)), v.MultiplyAdd("minusFour", d(1), d(3)))
            : ($"{d(4)} - {d(2)}", $"two * ({d(3)} - {d(1)})");
        string name = result(points[0]);
        source.Line($"{v.TypeName} {name}even = {even}, {name}odd = {odd};");
        source.Line($"{v.TypeName} {result(points[0])} = {name}even + {name}odd, {result(points[1])} = {name}even - {name}odd;");
    }

    /// <summary>First along the two rows, then down the columns to the pixels, which the pairs before have begun.</summary>
    private static void WholeOutput(SourceText source, VectorType v, int pair)
    {
        Open(source, $"WholeWinogradOutput{pair}(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        Constants(source, v, OutputConstants);
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line($"{v.TypeName} bias = {v.Load("tile->Bias + c")};");
        source.Line("float* products = tile->Products + c;");
        for (int row = 0; row < 2; row++)
        {
            for (int x = 0; x < WindowSize; x++)
            {
                source.Line($"{v.TypeName} m{row}_{x} = {v.Load("products")};");
                source.Line("products += plane;");
            }

            foreach (int[] columns in OutputGroups)
            {
                OutputCombination(source, v, columns, x => $"m{row}_{x}", x => $"t{row}_{x}");
            }
        }

        for (int y = 0; y < TileSize; y++)
        {
            if (pair > 0 || y is 0 or TileSize - 1)
            {
                PixelRow(source, v, pair, y);
            }
        }

        source.Close();
        source.Close();
    }

    /// <summary>What a pair of rows of points adds to a row of pixels: the powers of the points, and 1 to the last row for infinity.</summary>
    private static void PixelRow(SourceText source, VectorType v, int pair, int y)
    {
        source.Open("unchecked");
        bool begun = pair == 2 || (pair == 1 && y is 0 or TileSize - 1);
        source.Line($"float* target = tile->Pixels + ({y} * tile->RowStride) + c;");
        if (!begun)
        {
            source.Line($"float* residual = tile->Residual == null ? null : tile->Residual + ({y} * tile->ResidualRowStride) + c;");
        }

        for (int x = 0; x < TileSize; x++)
        {
            string sum = pair == 0 ? $"t{(y == 0 ? 0 : 1)}_{x}" : $"t0_{x} {(y % 2 == 0 ? "+" : "-")} t1_{x}";
            source.Line($"{v.TypeName} value{x} = {(begun ? v.Load($"target + ({x} * pixel)") : "bias")};");
            if (!begun)
            {
                AddResidual(source, v, $"value{x}", x.ToString());
            }

            source.Line(pair == 2 && y > 0
                ? $"value{x} = {v.MultiplyAdd(y == 1 ? "two" : y == 2 ? "four" : "eight", $"({sum})", $"value{x}")};"
                : $"value{x} += {sum};");
            if (pair == Pairs - 1)
            {
                source.Line($"value{x} = {v.Clamp($"value{x}", "low", "high")};");
            }

            source.Line(v.Store($"value{x}", $"target + ({x} * pixel)"));
        }

        source.Close();
    }

    private static void AddResidual(SourceText source, VectorType v, string value, string x)
    {
        source.Open("if (residual != null)");
        source.Line($"{value} += {v.Load($"residual + ({x} * tile->ResidualPixelStride)")};");
        source.Close();
    }

    /// <summary>Pixels 0 and 2, or 1 and 3 of F(4, 3) of six products.</summary>
    private static void OutputCombination(SourceText source, VectorType v, int[] pixels, Func<int, string> m, Func<int, string> result)
    {
        string sign = pixels[0] == 0 ? "+" : "-", name = result(pixels[0]);
        source.Line($"{v.TypeName} {name}near = {m(2)} {sign} {m(3)}, {name}far = {m(4)} {sign} {m(5)};");
        source.Line(pixels[0] == 0
            ? $"{v.TypeName} {result(0)} = {m(0)} + {name}near + {name}far, {result(2)} = {v.MultiplyAdd("four", $"{name}far", $"{name}near")};"
            : $"{v.TypeName} {result(1)} = {v.MultiplyAdd("two", $"{name}far", $"{name}near")}, "
                + $"{result(3)} = {v.MultiplyAdd("eight", $"{name}far", $"{name}near")} + {m(1)};");
    }

    private static void EdgeInput(SourceText source, VectorType v)
    {
        Open(source, "EdgeWinogradInput(WinogradTile* tile)");
        source.Line("nint columns = tile->Columns;");
        Between(source, v);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("WinogradInputPairs(tile, tile->Pixels + c, between);");
        source.Line($"WinogradInputLines(columns, Math.Min(2, tile->Rows + 2 - (2 * tile->Pair)), between, {v.Lanes}, {WindowSize * v.Lanes}, "
            + $"tile->Products + c, tile->PlaneStride, {WindowSize} * tile->PlaneStride);");
        source.Close();
        source.Close();
    }

    private static void EdgeOutput(SourceText source, VectorType v)
    {
        Open(source, "EdgeWinogradOutput(WinogradTile* tile)");
        source.Line("nint rows = tile->Rows, columns = tile->Columns, pixel = tile->PixelStride;");
        source.Line("int pair = tile->Pair, points = Math.Min(2, tile->Rows + 2 - (2 * pair));");
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        Between(source, v);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line($"WinogradOutputLines(columns, points, tile->Products + c, tile->PlaneStride, {WindowSize} * tile->PlaneStride, between, {v.Lanes}, {WindowSize * v.Lanes});");
        source.Line($"{v.TypeName} bias = {v.Load("tile->Bias + c")};");
        source.Open("for (int y = 0; y < rows; y++)");
        source.Line("float* target = tile->Pixels + (y * tile->RowStride) + c;");
        source.Line("float* residual = tile->Residual == null ? null : tile->Residual + (y * tile->ResidualRowStride) + c;");
        source.Line("float power = pair == 0 ? (y == 0 ? 1 : 0) : pair == 1 ? 1 : 1 << y;");
        source.Line("float other = pair == 0 ? (y == rows - 1 ? 1 : 0) : (y & 1) == 0 ? power : -power;");
        source.Line($"{v.TypeName} first = {v.Broadcast("power")}, second = {v.Broadcast("other")};");
        source.Open("for (nint x = 0; x < columns; x++)");
        source.Line($"{v.TypeName} value = pair == 0 ? bias : {v.Load("target + (x * pixel)")};");
        source.Open("if (pair == 0 && residual != null)");
        source.Line($"value += {v.Load("residual + (x * tile->ResidualPixelStride)")};");
        source.Close();
        source.Open("if (points > 0)");
        source.Line($"value = {v.MultiplyAdd("first", v.Load($"between + (x * {v.Lanes})"), "value")};");
        source.Close();
        source.Open("if (points > 1)");
        source.Line($"value = {v.MultiplyAdd("second", v.Load($"between + ((x + {WindowSize}) * {v.Lanes})"), "value")};");
        source.Close();
        source.Open($"if (pair == {Pairs - 1})");
        source.Line($"value = {v.Clamp("value", "low", "high")};");
        source.Close();
        source.Line(v.Store("value", "target + (x * pixel)"));
        source.Close();
        source.Close();
        source.Close();
        source.Close();
    }

    /// <summary>What a tile's one dimension leaves to the other: two rows of six vectors, each within a cache line.</summary>
    private static void Between(SourceText source, VectorType v)
    {
        const int CacheLine = 64;
        source.Line($"byte* room = stackalloc byte[{(2 * WindowSize * v.Lanes * sizeof(float)) + CacheLine}];");
        source.Line($"float* between = (float*)(((nint)room + {CacheLine - 1}) & ~(nint){CacheLine - 1});");
    }

    /// <summary>The columns of an edge tile's window at its pair of points.</summary>
    private static void InputPairs(SourceText source, VectorType v)
    {
        Open(source, "WinogradInputPairs(WinogradTile* tile, float* window, float* between)");
        Constants(source, v, InputConstants);
        source.Line("nint row = tile->RowStride, pixel = tile->PixelStride;");
        source.Line("nint columns = tile->Columns + 2;");
        source.Open($"switch ((tile->Rows * {Pairs}) + tile->Pair)");
        for (int size = 1; size <= TileSize; size++)
        {
            for (int pair = 0; 2 * pair < size + 2; pair++)
            {
                (string[] values, string[] sums) = InputLine(v, size);
                source.Line($"case {(size * Pairs) + pair}:");
                source.Open($"for (; columns > 0; columns--, window += pixel, between += {v.Lanes})");
                Load(source, v, size, "window", "row");
                Store(source, v, values.Skip(2 * pair).Take(2), sums, "between", (WindowSize * v.Lanes).ToString());
                source.Close();
                source.Line("break;");
            }
        }

        source.Close();
        source.Close();
    }

    /// <summary>A transform of one dimension on some lines of values, for all sizes of tiles.</summary>
    private static void Lines(
        SourceText source, VectorType v, string name, string[] constants, Func<VectorType, int, (string[] Values, string[] Sums)> line)
    {
        Open(source, $"{name}(nint size, nint lines, float* source, nint step, nint nextLine, float* target, nint targetStep, nint nextTarget)");
        Constants(source, v, constants);
        source.Open("switch (size)");
        for (int size = 1; size <= TileSize; size++)
        {
            (string[] values, string[] sums) = line(v, size);
            source.Line($"case {size}:");
            source.Open("for (; lines > 0; lines--, source += nextLine, target += nextTarget)");
            Load(source, v, size, "source", "step");
            Store(source, v, values, sums, "target", "targetStep");
            source.Close();
            source.Line("break;");
        }

        source.Close();
        source.Close();
    }

    private static void Load(SourceText source, VectorType v, int size, string pointer, string step)
    {
        for (int i = 0; i < size + 2; i++)
        {
            source.Line($"{v.TypeName} v{i} = {v.Load($"{pointer} + ({i} * {step})")};");
        }
    }

    private static void Store(SourceText source, VectorType v, IEnumerable<string> values, string[] sums, string pointer, string step)
    {
        foreach (string sum in sums)
        {
            source.Line($"{v.TypeName} {sum};");
        }

        int i = 0;
        foreach (string value in values)
        {
            source.Line(v.Store($"({value})", $"{pointer} + ({i++} * {step})"));
        }
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
