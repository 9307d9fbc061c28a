using System;
using System.Collections.Generic;
using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the transforms of Winograd's minimal filtering F(m, 3) (Lavin and Gray, 2016), m from 1 to 4, one vector of channels at a time: a
/// window of the input to its values at the points, and products to a tile of the output. The points are 0, infinity, 1, -1, 2, -2; a tile
/// of m pixels needs the first m + 2, so that all sizes share one set of transformed weights. The input transform makes up for factors by
/// which the weights of F(4, 3) are divided and those of F(m, 3) are not.
/// A call works on a pair of rows of points: 0 and infinity, 1 and -1, or 2 and -2. The input transform writes the window's twelve values
/// at these; the output transform adds the contribution of the twelve products to the tile's pixels. Transforms of 4 x 4 tiles are written
/// here and stay in registers; those of the smaller tiles at a map's edge are written by <see cref="WinogradEdgeWriter"/>.
/// </summary>
internal static class WinogradKernelWriter
{
    public const int WindowSize = 6;
    public const int TileSize = 4;
    public const int Pairs = 3;

    public static readonly string[] OutputConstants = { "two", "four", "eight" };

    /// <summary>The points of the input transform of a whole tile, grouped by the sums that they share.</summary>
    private static readonly int[][] InputGroups = { new[] { 0 }, new[] { 1 }, new[] { 2, 3 }, new[] { 4, 5 } };

    private static readonly string[] InputConstants = { "two", "four", "minusFour", "minusFive" };

    public static void Write(SourceText source, VectorType vector)
    {
        Dispatch(source, "WinogradInput");
        Dispatch(source, "WinogradOutput");
        for (int pair = 0; pair < Pairs; pair++)
        {
            WholeInput(source, vector, pair);
            WholeOutput(source, vector, pair);
        }

        WinogradEdgeWriter.Write(source, vector);
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

    /// <summary>Opens a kernel that is compiled with full optimization from its first call on.</summary>
    public static void Open(SourceText source, string signature)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void {signature}");
    }

    /// <summary>
    /// Transforms the columns to the two points, then the rows; the pointer to the products advances from matrix to matrix.
    /// </summary>
    private static void WholeInput(SourceText source, VectorType v, int pair)
    {
        int[] rows = { 2 * pair, (2 * pair) + 1 };
        int[][] groups = InputGroups.Where(g => g[0] / 2 == pair).ToArray();
        Open(source, $"WholeWinogradInput{pair}(WinogradTile* tile)");
        source.Line("nint pixel = tile->PixelStride, plane = tile->PlaneStride;");
        source.Line("nint row1 = tile->RowStride, row2 = 2 * row1, row3 = 3 * row1, row4 = 4 * row1, row5 = 5 * row1;");
        Constants(source, v, InputConstants);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("float* products = tile->Products + c, window = tile->Pixels + c;");
        for (int x = 0; x < WindowSize; x++)
        {
            IEnumerable<string> values = groups.SelectMany(g => InputReads(g[0]))
                .Select(y => $"d{y}_{x} = {v.Load(y == 0 ? "window" : $"window + row{y}")}");
            source.Line($"{v.TypeName} {string.Join(", ", values)};");
            source.Line("window += pixel;");
            foreach (int[] group in groups)
            {
                InputCombination(source, v, group, y => $"d{y}_{x}", y => $"r{y}_{x}");
            }
        }

        foreach (int row in rows)
        {
            InputCombinations(source, v, x => $"r{row}_{x}", x => $"t{row}_{x}");
            for (int x = 0; x < WindowSize; x++)
            {
                source.Line(v.Store($"t{row}_{x}", "products"));
                source.Line("products += plane;");
            }
        }

        source.Close();
        source.Close();
    }

    /// <summary>The values from which a point of the input transform, or the two that share its sums, are computed.</summary>
    private static int[] InputReads(int point) => point switch
    {
        0 => new[] { 0, 2, 4 },
        1 => new[] { 1, 3, 5 },
        2 or 3 or 4 or 5 => new[] { 1, 2, 3, 4 },
        _ => throw new ArgumentOutOfRangeException(nameof(point)),
    };

    /// <summary>Transforms six values to a group of points of F(4, 3).</summary>
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

    /// <summary>Transforms six values to all points of F(4, 3).</summary>
    public static void InputCombinations(SourceText source, VectorType v, Func<int, string> d, Func<int, string> result)
    {
        foreach (int[] points in InputGroups)
        {
            InputCombination(source, v, points, d, result);
        }
    }

    /// <summary>Transforms the two rows, then the columns to pixels, and adds them to what earlier pairs wrote.</summary>
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

            OutputCombinations(source, v, x => $"m{row}_{x}", x => $"t{row}_{x}");
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

    /// <summary>
    /// Adds a pair of rows of points to a row of pixels, times powers of the points; infinity counts in the last row alone.
    /// </summary>
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
                source.Open("if (residual != null)");
                source.Line($"value{x} += {v.Load($"residual + ({x} * tile->ResidualPixelStride)")};");
                source.Close();
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

    /// <summary>Computes the four pixels of F(4, 3) from six products.</summary>
    public static void OutputCombinations(SourceText source, VectorType v, Func<int, string> m, Func<int, string> result)
    {
        (string near, string far) = (result(0) + "near", result(0) + "far");
        (string nearOdd, string farOdd) = (near + "Odd", far + "Odd");
        source.Line($"{v.TypeName} {near} = {m(2)} + {m(3)}, {far} = {m(4)} + {m(5)};");
        source.Line($"{v.TypeName} {nearOdd} = {m(2)} - {m(3)}, {farOdd} = {m(4)} - {m(5)};");
        source.Line($"{v.TypeName} {result(0)} = {m(0)} + {near} + {far}, {result(1)} = {v.MultiplyAdd("two", farOdd, nearOdd)};");
        source.Line($"{v.TypeName} {result(2)} = {v.MultiplyAdd("four", far, near)};");
        source.Line($"{v.TypeName} {result(3)} = {v.MultiplyAdd("eight", farOdd, nearOdd)} + {m(1)};");
    }

    /// <summary>Declares vectors of constants by their names.</summary>
    public static void Constants(SourceText source, VectorType v, string[] names)
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
