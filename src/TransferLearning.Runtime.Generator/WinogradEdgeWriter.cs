using System;
using static TransferLearning.Runtime.Generator.WinogradKernelWriter;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes Winograd's transforms of tiles of fewer than 4 rows or columns, at a map's edge: first of one dimension into memory, from there
/// of the other dimension.
/// </summary>
internal static class WinogradEdgeWriter
{
    private static readonly string[] InputConstants =
        { "two", "three", "four", "minusTwo", "minusThree", "minusFour", "minusFive", "minusSix" };

    public static void Write(SourceText source, VectorType vector)
    {
        EdgeInput(source, vector);
        EdgeOutput(source, vector);
        InputPairs(source, vector);
        Lines(source, vector, "WinogradInputLines", InputConstants, InputLine, more: 2);
        Lines(source, vector, "WinogradOutputLines", OutputConstants, OutputLine, more: 0);
    }

    private static void EdgeInput(SourceText source, VectorType v)
    {
        Open(source, "EdgeWinogradInput(WinogradTile* tile)");
        source.Line("nint columns = tile->Columns;");
        Between(source, v);
        source.Open($"for (nint c = 0; c < tile->Channels; c += {v.Lanes})");
        source.Line("WinogradInputPairs(tile, tile->Pixels + c, between);");
        source.Line(
            $"WinogradInputLines(columns, Math.Min(2, tile->Rows + 2 - (2 * tile->Pair)), between, {v.Lanes}, {WindowSize * v.Lanes}, "
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
        source.Line(
            $"WinogradOutputLines(columns, points, tile->Products + c, tile->PlaneStride, {WindowSize} * tile->PlaneStride, "
            + $"between, {v.Lanes}, {WindowSize * v.Lanes});");
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

    /// <summary>The memory between the two dimensions: two rows of six vectors, each within a cache line.</summary>
    private static void Between(SourceText source, VectorType v)
    {
        const int CacheLine = 64;
        source.Line($"byte* room = stackalloc byte[{(2 * WindowSize * v.Lanes * sizeof(float)) + CacheLine}];");
        source.Line($"float* between = (float*)(((nint)room + {CacheLine - 1}) & ~(nint){CacheLine - 1});");
    }

    /// <summary>Transforms the columns of an edge tile's window to its pair of points.</summary>
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
                source.Line($"case {(size * Pairs) + pair}:");
                source.Open($"for (; columns > 0; columns--, window += pixel, between += {v.Lanes})");
                Load(source, v, size, "window", "row");
                InputLine(source, v, size);
                Store(source, v, 2 * pair, Math.Min(size + 2, (2 * pair) + 2), "between", (WindowSize * v.Lanes).ToString());
                source.Close();
                source.Line("break;");
            }
        }

        source.Close();
        source.Close();
    }

    /// <summary>Transforms one dimension of lines of values, for all sizes of tiles.</summary>
    private static void Lines(
        SourceText source, VectorType v, string name, string[] constants, Action<SourceText, VectorType, int> line, int more)
    {
        Open(
            source,
            $"{name}(nint size, nint lines, float* source, nint step, nint nextLine, float* target, nint targetStep, nint nextTarget)");
        Constants(source, v, constants);
        source.Open("switch (size)");
        for (int size = 1; size <= TileSize; size++)
        {
            source.Line($"case {size}:");
            source.Open("for (; lines > 0; lines--, source += nextLine, target += nextTarget)");
            Load(source, v, size, "source", "step");
            line(source, v, size);
            Store(source, v, 0, size + more, "target", "targetStep");
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

    private static void Store(SourceText source, VectorType v, int from, int to, string pointer, string step)
    {
        for (int i = from; i < to; i++)
        {
            source.Line(v.Store($"t{i}", $"{pointer} + ({i - from} * {step})"));
        }
    }

    /// <summary>Computes t0 to t5, the values of a window v0 to v5 at the points of F(size, 3).</summary>
    private static void InputLine(SourceText source, VectorType v, int size)
    {
        switch (size)
        {
            case 1:
                source.Line($"{v.TypeName} t0 = four * (v0 - v1), t1 = v2 - v1, t2 = minusSix * v1;");
                break;
            case 2:
                source.Line($"{v.TypeName} t0 = four * (v0 - v2), t1 = v3 - v1, t2 = minusThree * (v1 + v2), t3 = minusThree * (v2 - v1);");
                break;
            case 3:
                source.Line($"{v.TypeName} odd = two * (v3 - v1);");
                source.Line($"{v.TypeName} t0 = {v.MultiplyAdd("four", "(v0 - v2)", "odd")}, t1 = v4 - v2 - odd;");
                source.Line($"{v.TypeName} t2 = three * ({v.MultiplyAdd("minusTwo", "v1", "v3 - v2")});");
                source.Line($"{v.TypeName} t3 = {v.MultiplyAdd("minusThree", "v2", v.MultiplyAdd("two", "v1", "v3"))}, t4 = two * odd;");
                break;
            case TileSize:
                InputCombinations(source, v, i => $"v{i}", i => $"t{i}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    /// <summary>Computes t0 to t3, the pixels of a tile, from the products v0 to v5 at the points.</summary>
    private static void OutputLine(SourceText source, VectorType v, int size)
    {
        switch (size)
        {
            case 1:
                source.Line($"{v.TypeName} t0 = v0 + v2 + v1;");
                break;
            case 2:
                source.Line($"{v.TypeName} t0 = v0 + v2 + v3, t1 = v2 - v3 + v1;");
                break;
            case 3:
                source.Line($"{v.TypeName} near = v2 + v3;");
                source.Line($"{v.TypeName} t0 = v0 + near + v4, t1 = {v.MultiplyAdd("two", "v4", "v2 - v3")};");
                source.Line($"{v.TypeName} t2 = {v.MultiplyAdd("four", "v4", "near")} + v1;");
                break;
            case TileSize:
                OutputCombinations(source, v, i => $"v{i}", i => $"t{i}");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(size));
        }
    }
}
