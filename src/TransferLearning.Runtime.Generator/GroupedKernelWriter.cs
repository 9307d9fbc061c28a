using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the kernels of grouped convolutions with few channels per group: Q neighboring outputs of one row by one vector of output
/// channels, all accumulators in registers; windows are three pixels wide. Per input channel and row of the window: three loads of
/// weights, and one broadcast per pixel of the input, which all outputs whose window covers it use. The tile kernels of dense convolutions
/// would compute the addresses of all pixels for each tap, which takes long beside so few channels.
/// </summary>
internal static class GroupedKernelWriter
{
    public const int WindowWidth = 3;

    private static readonly int[] Strides = { 1, 2 };

    public static void Write(SourceText source, VectorType vector)
    {
        foreach (int stride in Strides)
        {
            foreach (int outputs in vector.GroupedOutputs)
            {
                Tile(source, vector, stride, outputs);
            }
        }

        Table(source, vector);
    }

    private static void Tile(SourceText source, VectorType v, int stride, int outputs)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void Grouped{WindowWidth}s{stride}x{outputs}(GroupedTile* tile)");
        source.Line("nint pixel = tile->InputPixelStride, row = tile->InputRowStride, inputs = tile->Inputs;");
        source.Line("float* w = tile->Weights, q = tile->Input, rowsEnd = q + (tile->Rows * row);");
        string first = $"c0 = {v.Load("tile->Bias")}";
        source.Line($"{v.TypeName} {string.Join(", ", Enumerable.Range(0, outputs).Select(p => p == 0 ? first : $"c{p} = c0"))};");
        source.Line($"{v.TypeName} x, {string.Join(", ", Enumerable.Range(0, WindowWidth).Select(i => $"w{i}"))};");
        source.Open("for (; q < rowsEnd; q += row)");
        source.Line("float* end = q + inputs;");
        source.Open($"for (float* channel = q; channel < end; channel++, w += {WindowWidth * v.Lanes})");
        for (int i = 0; i < WindowWidth; i++)
        {
            source.Line($"w{i} = {v.Load($"w + {i * v.Lanes}")};");
        }

        source.Line("float* a = channel;");
        int columns = ((outputs - 1) * stride) + WindowWidth;
        for (int column = 0; column < columns; column++)
        {
            source.Line($"x = {v.Broadcast("*a")};");
            foreach (int p in Enumerable.Range(0, outputs).Where(p => column >= p * stride && column < (p * stride) + WindowWidth))
            {
                source.Line($"c{p} = {v.MultiplyAdd("x", $"w{column - (p * stride)}", $"c{p}")};");
            }

            if (column + 1 < columns)
            {
                source.Line("a += pixel;");
            }
        }

        source.Close();
        source.Close();
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        OutputStores.Write(source, v, outputs, "tile->Output");
        source.Close();
    }

    private static void Table(SourceText source, VectorType vector)
    {
        source.Line();
        source.Line("/// <summary>The kernel for a grouped convolution with a stride and a number of neighboring outputs.</summary>");
        source.Line("public static delegate*<GroupedTile*, void> Grouped(int stride, int outputs) =>");
        source.Open("(stride, outputs) switch");
        foreach (int stride in Strides)
        {
            foreach (int outputs in vector.GroupedOutputs)
            {
                source.Line($"({stride}, {outputs}) => &Grouped{WindowWidth}s{stride}x{outputs},");
            }
        }

        source.Line("_ => throw new ArgumentOutOfRangeException(nameof(stride)),");
        source.Close();
        source.Line(";");
        source.Line();
        source.Line("/// <summary>The numbers of neighboring outputs that there are kernels for, in descending order.</summary>");
        source.Line($"public static ReadOnlySpan<int> GroupedOutputs => new int[] {{ {string.Join(", ", vector.GroupedOutputs)} }};");
    }
}
