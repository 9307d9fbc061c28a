using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the kernels of weight gradients: P consecutive input values by N vectors of output channels, all accumulators in registers,
/// summed over pixels. Per pixel: N loads of the output's gradient, P broadcasts of an input value, P * N multiply-adds.
/// </summary>
internal static class WeightGradientKernelWriter
{
    public static void Write(SourceText source, VectorType vector)
    {
        foreach ((VectorType[] columns, int maxValues) in ConvolutionKernelWriter.Widths(vector))
        {
            for (int p = 1; p <= maxValues; p++)
            {
                Tile(source, vector, p, columns);
            }
        }

        Table(source, vector);
    }

    private static void Tile(SourceText source, VectorType v, int values, VectorType[] columns)
    {
        int width = ConvolutionKernelWriter.Channels(columns);
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void WeightGradient{values}x{width}(WeightGradientTile* tile)");
        for (int n = 0; n < columns.Length; n++)
        {
            string accumulators = string.Join(", ", Enumerable.Range(0, values).Select(p => $"c{p}_{n} = {columns[n].Zero}"));
            source.Line($"{columns[n].TypeName} {accumulators};");
            source.Line($"{columns[n].TypeName} g{n};");
        }

        source.Line($"{v.TypeName} x;");
        source.Line("float* input = tile->Input, gradient = tile->Gradient, a, g;");
        source.Line("int* inputs = tile->InputOffsets, gradients = tile->GradientOffsets;");
        source.Line("nint pixels = tile->Pixels;");
        source.Open("for (nint i = 0; i < pixels; i++)");
        source.Line("a = input + inputs[i];");
        source.Line("g = gradient + gradients[i];");
        for (int n = 0; n < columns.Length; n++)
        {
            source.Line($"g{n} = {columns[n].Load($"g + {n * v.Lanes}")};");
        }

        for (int p = 0; p < values; p++)
        {
            source.Line($"x = {v.Broadcast($"a[{p}]")};");
            for (int n = 0; n < columns.Length; n++)
            {
                string wide = ConvolutionKernelWriter.AsWide("x", v, columns[n]);
                source.Line($"c{p}_{n} = {columns[n].MultiplyAdd($"g{n}", wide, $"c{p}_{n}")};");
            }
        }

        source.Close();
        source.Line("float* o = tile->Output;");
        source.Open("if (tile->Adds != 0)");
        ForEach((p, n) => source.Line($"c{p}_{n} += {columns[n].Load($"o + {(p * width) + (n * v.Lanes)}")};"));
        source.Close();
        ForEach((p, n) => source.Line(columns[n].Store($"c{p}_{n}", $"o + {(p * width) + (n * v.Lanes)}")));
        source.Close();

        void ForEach(System.Action<int, int> write)
        {
            for (int p = 0; p < values; p++)
            {
                for (int n = 0; n < columns.Length; n++)
                {
                    write(p, n);
                }
            }
        }
    }

    private static void Table(SourceText source, VectorType vector)
    {
        source.Line();
        source.Line("/// <summary>The kernel of weight gradients for a tile of input values by output channels.</summary>");
        source.Line("public static delegate*<WeightGradientTile*, void> WeightGradient(int values, int channels) =>");
        source.Open("(channels, values) switch");
        foreach ((VectorType[] columns, int maxValues) in ConvolutionKernelWriter.Widths(vector))
        {
            int width = ConvolutionKernelWriter.Channels(columns);
            for (int p = 1; p <= maxValues; p++)
            {
                source.Line($"({width}, {p}) => &WeightGradient{p}x{width},");
            }
        }

        source.Line("_ => throw new ArgumentOutOfRangeException(nameof(values)),");
        source.Close();
        source.Line(";");
    }
}
