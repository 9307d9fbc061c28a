using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the depthwise kernels: Q neighboring outputs of one row, channels innermost, so that every access is contiguous. Each input
/// vector is loaded once and used by all outputs whose window covers it. Taps are summed in the same order whatever Q is.
/// </summary>
internal static class DepthwiseKernelWriter
{
    private static readonly (int Size, int Stride)[] Windows = { (3, 1), (3, 2), (5, 1), (5, 2), (7, 1), (7, 2) };

    public static void Write(SourceText source, VectorType vector)
    {
        foreach ((int size, int stride) in Windows)
        {
            foreach (int outputs in vector.DepthwiseOutputs)
            {
                Tile(source, vector, size, stride, outputs);
            }
        }

        Table(source, vector);
    }

    private static void Tile(SourceText source, VectorType v, int size, int stride, int outputs)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void Depthwise{size}s{stride}x{outputs}(DepthwiseTile* tile)");
        source.Line("nint pixel = tile->InputPixelStride, row = tile->InputRowStride, channels = tile->Channels;");
        source.Line("float* w = tile->Weights;");
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        source.Open($"for (nint c = 0; c < channels; c += {v.Lanes}, w += {size * size * v.Lanes})");
        string first = $"c0 = {v.Load("tile->Bias + c")}";
        source.Line($"{v.TypeName} {string.Join(", ", Enumerable.Range(0, outputs).Select(p => p == 0 ? first : $"c{p} = c0"))};");
        source.Line($"{v.TypeName} x, {string.Join(", ", Enumerable.Range(0, size).Select(i => $"w{i}"))};");
        source.Line("float* a, q = tile->Input + c;");
        int columns = ((outputs - 1) * stride) + size;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                source.Line($"w{x} = {v.Load($"w + {((y * size) + x) * v.Lanes}")};");
            }

            source.Line("a = q;");
            for (int column = 0; column < columns; column++)
            {
                int[] users = Enumerable.Range(0, outputs).Where(p => column - (p * stride) >= 0 && column - (p * stride) < size).ToArray();
                if (users.Length > 0)
                {
                    source.Line($"x = {v.Load("a")};");
                    foreach (int p in users)
                    {
                        source.Line($"c{p} = {v.MultiplyAdd("x", $"w{column - (p * stride)}", $"c{p}")};");
                    }
                }

                if (column + 1 < columns)
                {
                    source.Line("a += pixel;");
                }
            }

            if (y + 1 < size)
            {
                source.Line("q += row;");
            }
        }

        OutputStores.Write(source, v, outputs, "tile->Output + c");
        source.Close();
        source.Close();
    }

    private static void Table(SourceText source, VectorType vector)
    {
        source.Line();
        source.Line("/// <summary>The kernel for a square window, a stride and a number of neighboring outputs.</summary>");
        source.Line("public static delegate*<DepthwiseTile*, void> Depthwise(int size, int stride, int outputs) =>");
        source.Open("(size, stride, outputs) switch");
        foreach ((int size, int stride) in Windows)
        {
            foreach (int outputs in vector.DepthwiseOutputs)
            {
                source.Line($"({size}, {stride}, {outputs}) => &Depthwise{size}s{stride}x{outputs},");
            }
        }

        source.Line("_ => throw new ArgumentOutOfRangeException(nameof(size)),");
        source.Close();
        source.Line(";");
        source.Line();
        source.Line("/// <summary>The numbers of neighboring outputs that there are kernels for, in descending order.</summary>");
        source.Line($"public static ReadOnlySpan<int> DepthwiseOutputs => new int[] {{ {string.Join(", ", vector.DepthwiseOutputs)} }};");
    }
}
