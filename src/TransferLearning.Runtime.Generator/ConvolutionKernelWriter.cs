using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the tile kernels of convolution and matrix product: P pixels by N vectors of output channels, all accumulators in registers.
/// Per step of the inner loop: N loads of weights, P broadcasts of an input value, P * N multiply-adds. The loop is not unrolled: the
/// multiply-adds of one step outlast its bookkeeping, and the code stays small for the compiler, the JIT and the instruction cache.
/// </summary>
internal static class ConvolutionKernelWriter
{
    public static void Write(SourceText source, VectorType vector)
    {
        for (int n = 1; n < vector.MaximumPixels.Length; n++)
        {
            for (int p = 1; p <= vector.MaximumPixels[n]; p++)
            {
                Tile(source, vector, p, n);
            }
        }

        Table(source, vector);
    }

    private static void Tile(SourceText source, VectorType v, int pixels, int vectors)
    {
        int panel = vectors * v.Lanes;
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void Convolution{pixels}x{vectors}(ConvolutionTile* tile)");
        for (int n = 0; n < vectors; n++)
        {
            source.Line($"{v.TypeName} c0_{n} = {v.Load($"tile->Bias + {n * v.Lanes}")};");
        }

        for (int p = 1; p < pixels; p++)
        {
            source.Line($"{v.TypeName} {string.Join(", ", Range(vectors).Select(n => $"c{p}_{n} = c0_{n}"))};");
        }

        source.Line($"{v.TypeName} x, {string.Join(", ", Range(vectors).Select(n => $"w{n}"))};");
        source.Line("float* w = tile->Weights;");
        source.Line("int* offsets = tile->InputOffsets;");
        source.Line("int* segments = tile->SegmentOffsets;");
        source.Line("int* segmentsEnd = segments + tile->Segments;");
        source.Line("nint length = tile->SegmentLength;");
        source.Open("for (; segments < segmentsEnd; segments++)");
        source.Line("float* origin = tile->Input + *segments;");
        for (int p = 0; p < pixels; p++)
        {
            source.Line($"float* a{p} = origin + offsets[{p}];");
        }

        source.Open($"for (nint k = 0; k < length; k++, w += {panel})");
        Step(source, v, pixels, vectors);
        source.Close();
        source.Close();
        Finish(source, v, pixels, vectors);
        source.Close();
    }

    private static void Step(SourceText source, VectorType v, int pixels, int vectors)
    {
        for (int n = 0; n < vectors; n++)
        {
            source.Line($"w{n} = {v.Load($"w + {n * v.Lanes}")};");
        }

        for (int p = 0; p < pixels; p++)
        {
            source.Line($"x = {v.Broadcast($"a{p}[k]")};");
            for (int n = 0; n < vectors; n++)
            {
                source.Line($"c{p}_{n} = {v.MultiplyAdd($"w{n}", "x", $"c{p}_{n}")};");
            }
        }
    }

    private static void Finish(SourceText source, VectorType v, int pixels, int vectors)
    {
        source.Open("if (tile->Residual != null)");
        source.Line("int* residualOffsets = tile->ResidualOffsets;");
        for (int p = 0; p < pixels; p++)
        {
            source.Line($"float* r{p} = tile->Residual + residualOffsets[{p}];");
            for (int n = 0; n < vectors; n++)
            {
                source.Line($"c{p}_{n} += {v.Load($"r{p} + {n * v.Lanes}")};");
            }
        }

        source.Close();
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        source.Line("int* outputOffsets = tile->OutputOffsets;");
        for (int p = 0; p < pixels; p++)
        {
            source.Line($"float* o{p} = tile->Output + outputOffsets[{p}];");
            for (int n = 0; n < vectors; n++)
            {
                source.Line($"c{p}_{n} = {v.Clamp($"c{p}_{n}", "low", "high")};");
                source.Line(v.Store($"c{p}_{n}", $"o{p} + {n * v.Lanes}"));
            }
        }
    }

    private static void Table(SourceText source, VectorType vector)
    {
        source.Line();
        source.Line("/// <summary>The kernel for a tile of so many pixels by so many vectors of output channels.</summary>");
        source.Open("public static delegate*<ConvolutionTile*, void> Convolution(int pixels, int vectors) => (vectors, pixels) switch");
        for (int n = 1; n < vector.MaximumPixels.Length; n++)
        {
            for (int p = 1; p <= vector.MaximumPixels[n]; p++)
            {
                source.Line($"({n}, {p}) => &Convolution{p}x{n},");
            }
        }

        source.Line("_ => throw new ArgumentOutOfRangeException(nameof(pixels)),");
        source.Close();
        source.Line(";");
        source.Line();
        source.Line("/// <summary>The most pixels of a tile that is so many vectors wide (index 0 is unused).</summary>");
        source.Line($"public static ReadOnlySpan<int> MaximumPixels => new int[] {{ {string.Join(", ", vector.MaximumPixels)} }};");
    }

    private static System.Collections.Generic.IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
