using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>Resamples one axis of float32 values by weighted sums of its elements.</summary>
internal static class ResizeLoops
{
    /// <param name="call">The call, for its threads.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="extents">Their extents.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="taps">The input positions and weights of each output position of the axis.</param>
    /// <param name="outside">The value at output positions without any.</param>
    /// <param name="result">The values with the axis resampled.</param>
    public static void Run(
        OperatorCall call,
        Tensor values,
        ReadOnlySpan<int> extents,
        int axis,
        (int Position, double Weight)[]?[] taps,
        float outside,
        TensorBuffer<float> result)
    {
        int inner = new Shape(extents[(axis + 1)..]).Length, outer = new Shape(extents[..axis]).Length, extent = extents[axis];
        int most = taps.Max(static t => t?.Length) ?? 1;
        if (inner == 1)
        {
            RunRows(call, values, outer, extent, taps, outside, result);
            return;
        }

        call.For(outer * taps.Length, (long)inner * most, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Span<float> target = result.Span.Slice(i * inner, inner);
                ReadOnlySpan<float> lines = values.Floats.Slice(i / taps.Length * extent * inner, extent * inner);
                if (taps[i % taps.Length] is { } sources)
                {
                    Sum(lines, sources, target);
                }
                else
                {
                    target.Fill(outside);
                }
            }
        });
    }

    /// <summary>Resamples rows of consecutive elements.</summary>
    private static void RunRows(
        OperatorCall call,
        Tensor values,
        int rows,
        int extent,
        (int Position, double Weight)[]?[] taps,
        float outside,
        TensorBuffer<float> result)
    {
        // The taps of all positions, one after the other; those of a position end where the next begin.
        int[] ends = new int[taps.Length + 1];
        for (int i = 0; i < taps.Length; i++)
        {
            ends[i + 1] = ends[i] + (taps[i]?.Length ?? 0);
        }

        int[] positions = [.. taps.SelectMany(static t => t ?? []).Select(static t => t.Position)];
        double[] weights = [.. taps.SelectMany(static t => t ?? []).Select(static t => t.Weight)];
        call.For(rows, positions.Length, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                Span<float> target = result.Span.Slice(row * taps.Length, taps.Length);
                SumRow(values.Floats.Slice(row * extent, extent), ends, positions, weights, outside, target);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRow(
        ReadOnlySpan<float> row, int[] ends, int[] positions, double[] weights, float outside, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            for (int k = ends[i]; k < ends[i + 1]; k++)
            {
                sum += row[positions[k]] * weights[k];
            }

            result[i] = ends[i] == ends[i + 1] ? outside : (float)sum;
        }
    }

    /// <summary>The weighted sum of some lines, each as long as the result.</summary>
    private static void Sum(ReadOnlySpan<float> lines, (int Position, double Weight)[] taps, Span<float> result)
    {
        if (taps is [(int only, 1)])
        {
            lines.Slice(only * result.Length, result.Length).CopyTo(result);
            return;
        }

        result.Clear();
        foreach ((int position, double weight) in taps)
        {
            Add(lines.Slice(position * result.Length, result.Length), (float)weight, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<float> line, float weight, Span<float> result)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(line);
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (int i = 0; i < vectors.Length; i++)
        {
            sums[i] += vectors[i] * weight;
        }

        for (int i = vectors.Length * Vector<float>.Count; i < line.Length; i++)
        {
            result[i] += line[i] * weight;
        }
    }
}
