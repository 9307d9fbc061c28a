using System.Collections.Generic;
using System.Linq;

namespace TransferLearning.Runtime.Generator;

/// <summary>
/// Writes the tile kernels of convolution and matrix product: P pixels by N vectors of output channels, all accumulators in registers.
/// N may be one and a half, so that 24 or 40 channels leave no half vector of empty lanes.
/// Per step of the inner loop: N loads of weights, P broadcasts of an input value, P * N multiply-adds. The loop is not unrolled: the
/// multiply-adds of one step take longer than the loop's own instructions, and the code stays small for the compiler, the JIT and the
/// instruction cache. For weights that no near cache holds, tiles of two vectors also exist with one prefetch of later weights per step.
/// </summary>
internal static class ConvolutionKernelWriter
{
    public static void Write(SourceText source, VectorType vector)
    {
        foreach ((VectorType[] columns, int maxPixels) in Widths(vector))
        {
            for (int p = 1; p <= maxPixels; p++)
            {
                Tile(source, vector, p, columns, fetching: false);
                if (Fetches(vector, columns))
                {
                    Tile(source, vector, p, columns, fetching: true);
                }
            }
        }

        Table(source, vector, fetching: false);
        if (vector.CanFetch)
        {
            Table(source, vector, fetching: true);
        }

        Limits(source, vector);
    }

    /// <summary>The widths of tiles, as the vectors of a row of accumulators, and the maximum number of pixels of each.</summary>
    public static IEnumerable<(VectorType[] Columns, int MaxPixels)> Widths(VectorType vector)
    {
        for (int n = 1; n < vector.MaxPixels.Length; n++)
        {
            yield return (Enumerable.Repeat(vector, n).ToArray(), vector.MaxPixels[n]);
        }

        if (vector.Half is not null)
        {
            // One and a half vectors need the registers of two.
            yield return (new[] { vector, vector.Half }, vector.MaxPixels[2]);
        }
    }

    /// <summary>Whether tiles of a width also exist with a prefetch of weights: the widths that large layers consist of.</summary>
    private static bool Fetches(VectorType vector, VectorType[] columns) =>
        vector.CanFetch && columns.Length == 2 && columns[1] == vector;

    public static int Channels(VectorType[] columns) => columns.Sum(c => c.Lanes);

    private static string Name(bool fetching) => fetching ? "FetchingConvolution" : "Convolution";

    private static void Tile(SourceText source, VectorType v, int pixels, VectorType[] columns, bool fetching)
    {
        source.Line();
        source.Line("[SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        source.Open($"private static void {Name(fetching)}{pixels}x{Channels(columns)}(ConvolutionTile* tile)");
        for (int n = 0; n < columns.Length; n++)
        {
            source.Line($"{columns[n].TypeName} c0_{n} = {columns[n].Load($"tile->Bias + {n * v.Lanes}")};");
            if (pixels > 1)
            {
                string others = string.Join(", ", Enumerable.Range(1, pixels - 1).Select(p => $"c{p}_{n} = c0_{n}"));
                source.Line($"{columns[n].TypeName} {others};");
            }

            source.Line($"{columns[n].TypeName} w{n};");
        }

        source.Line($"{v.TypeName} x;");
        source.Line("float* w = tile->Weights;");
        source.Line("int* offsets = tile->InputOffsets;");
        source.Line("int* segments = tile->SegmentOffsets;");
        source.Line("int* segmentsEnd = segments + tile->Segments;");
        source.Line("nint length = tile->SegmentLength;");
        if (fetching)
        {
            source.Line("byte* next = (byte*)tile->Next;");
            source.Line("nint nextStep = tile->NextStep;");
        }

        source.Open("for (; segments < segmentsEnd; segments++)");
        source.Line("float* origin = tile->Input + *segments;");
        for (int p = 0; p < pixels; p++)
        {
            source.Line($"float* a{p} = origin + offsets[{p}];");
        }

        source.Open($"for (nint k = 0; k < length; k++, w += {Channels(columns)})");
        Step(source, v, pixels, columns);
        if (fetching)
        {
            source.Line("Sse.Prefetch1(next);");
            source.Line("next += nextStep;");
        }

        source.Close();
        source.Close();
        if (fetching)
        {
            source.Line("tile->Next = (float*)next;");
        }

        Finish(source, v, pixels, columns);
        source.Close();
    }

    private static void Step(SourceText source, VectorType v, int pixels, VectorType[] columns)
    {
        for (int n = 0; n < columns.Length; n++)
        {
            source.Line($"w{n} = {columns[n].Load($"w + {n * v.Lanes}")};");
        }

        for (int p = 0; p < pixels; p++)
        {
            source.Line($"x = {v.Broadcast($"a{p}[k]")};");
            for (int n = 0; n < columns.Length; n++)
            {
                source.Line($"c{p}_{n} = {columns[n].MultiplyAdd($"w{n}", AsWide("x", v, columns[n]), $"c{p}_{n}")};");
            }
        }
    }

    private static void Finish(SourceText source, VectorType v, int pixels, VectorType[] columns)
    {
        source.Open("if (tile->Residual != null)");
        source.Line("int* residualOffsets = tile->ResidualOffsets;");
        for (int p = 0; p < pixels; p++)
        {
            source.Line($"float* r{p} = tile->Residual + residualOffsets[{p}];");
            for (int n = 0; n < columns.Length; n++)
            {
                source.Line($"c{p}_{n} += {columns[n].Load($"r{p} + {n * v.Lanes}")};");
            }
        }

        source.Close();
        source.Line($"{v.TypeName} low = {v.Broadcast("tile->Minimum")}, high = {v.Broadcast("tile->Maximum")};");
        source.Line("int* outputOffsets = tile->OutputOffsets;");
        for (int p = 0; p < pixels; p++)
        {
            source.Line($"float* o{p} = tile->Output + outputOffsets[{p}];");
            for (int n = 0; n < columns.Length; n++)
            {
                VectorType column = columns[n];
                source.Line($"c{p}_{n} = {column.Clamp($"c{p}_{n}", AsWide("low", v, column), AsWide("high", v, column))};");
                source.Line(column.Store($"c{p}_{n}", $"o{p} + {n * v.Lanes}"));
            }
        }
    }

    /// <summary>A vector whose lanes are all equal, as wide as a column of accumulators.</summary>
    public static string AsWide(string value, VectorType of, VectorType column) => column == of ? value : $"{value}.GetLower()";

    private static void Table(SourceText source, VectorType vector, bool fetching)
    {
        source.Line();
        source.Line(fetching
            ? "/// <summary>The kernel for a tile with a prefetch of weights, if there is one; else the one without.</summary>"
            : "/// <summary>The kernel for a tile.</summary>");
        source.Line($"public static delegate*<ConvolutionTile*, void> {Name(fetching)}(int pixels, int channels) =>");
        source.Open("(channels, pixels) switch");
        foreach ((VectorType[] columns, int maxPixels) in Widths(vector).Where(w => !fetching || Fetches(vector, w.Columns)))
        {
            for (int p = 1; p <= maxPixels; p++)
            {
                source.Line($"({Channels(columns)}, {p}) => &{Name(fetching)}{p}x{Channels(columns)},");
            }
        }

        source.Line(fetching ? "_ => Convolution(pixels, channels)," : "_ => throw new ArgumentOutOfRangeException(nameof(pixels)),");
        source.Close();
        source.Line(";");
    }

    private static void Limits(SourceText source, VectorType vector)
    {
        source.Line();
        source.Line("/// <summary>The maximum number of pixels of a tile, by its width in output channels.</summary>");
        source.Open("public static int MaxPixels(int channels) => channels switch");
        foreach ((VectorType[] columns, int maxPixels) in Widths(vector))
        {
            source.Line($"{Channels(columns)} => {maxPixels},");
        }

        source.Line("_ => throw new ArgumentOutOfRangeException(nameof(channels)),");
        source.Close();
        source.Line(";");
        source.Line();
        source.Line("/// <summary>Whether there are kernels for tiles of one and a half vectors.</summary>");
        source.Line($"public const bool HasHalfVectors = {(vector.Half is null ? "false" : "true")};");
    }
}
