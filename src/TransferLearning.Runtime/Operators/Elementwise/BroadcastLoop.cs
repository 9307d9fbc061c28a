using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>Computes a function of two tensors that broadcast to one shape, in runs along which each operand moves or stays.</summary>
internal static class BroadcastLoop
{
    private const int Left = 0;
    private const int Right = 1;

    /// <summary>result = f(a, b) for each element of a shape, row-major.</summary>
    public static void Run<TFunction, T>(OperatorCall call, Shape shape, Tensor a, Tensor b, TensorBuffer<T> result)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged, INumber<T>
    {
        CollapsedAxes axes = Axes(shape, a, b);
        call.For(axes.Rows, axes.RowLength, (from, to) =>
        {
            ReadOnlySpan<T> left = a.Values<T>(), right = b.Values<T>();
            Span<T> target = result.Span;
            (int length, bool moves, bool otherMoves) = (axes.RowLength, axes.RowStride(Left) != 0, axes.RowStride(Right) != 0);
            RowCursor row = axes.At(from);
            for (int i = from; i < to; i++, row.Next())
            {
                Apply<TFunction, T>(
                    left.Slice(row[Left], moves ? length : 1),
                    right.Slice(row[Right], otherMoves ? length : 1),
                    target.Slice(i * length, length));
            }
        });
    }

    /// <summary>result = test(a, b) for each element of a shape, row-major.</summary>
    public static void Test<TComparison, T>(OperatorCall call, Shape shape, Tensor a, Tensor b, TensorBuffer<bool> result)
        where TComparison : struct, IComparison
        where T : unmanaged, INumber<T>
    {
        CollapsedAxes axes = Axes(shape, a, b);
        call.For(axes.Rows, axes.RowLength, (from, to) =>
        {
            ReadOnlySpan<T> left = MemoryMarshal.Cast<byte, T>(a.Bytes), right = MemoryMarshal.Cast<byte, T>(b.Bytes);
            Span<bool> target = result.Span;
            (int length, int step, int otherStep) = (axes.RowLength, axes.RowStride(Left), axes.RowStride(Right));
            RowCursor row = axes.At(from);
            for (int i = from; i < to; i++, row.Next())
            {
                (int x, int y) = (row[Left], row[Right]);
                Span<bool> line = target.Slice(i * length, length);
                for (int k = 0; k < line.Length; k++, x += step, y += otherStep)
                {
                    line[k] = TComparison.Test(left[x], right[y]);
                }
            }
        });
    }

    private static CollapsedAxes Axes(Shape shape, Tensor a, Tensor b) =>
        new(shape, Broadcasting.Strides(a.Shape, shape), Broadcasting.Strides(b.Shape, shape));

    /// <summary>One row; an operand of one element stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged, INumber<T>
    {
        int done = 0;
        if (typeof(T) == typeof(float))
        {
            ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<T, Vector<float>>(a), right = MemoryMarshal.Cast<T, Vector<float>>(b);
            Span<Vector<float>> target = MemoryMarshal.Cast<T, Vector<float>>(result);
            if (a.Length == b.Length)
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = TFunction.Apply(left[i], right[i]);
                }
            }
            else if (b.Length == 1)
            {
                var repeated = Vector.Create(Unsafe.BitCast<T, float>(b[0]));
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = TFunction.Apply(left[i], repeated);
                }
            }
            else
            {
                var repeated = Vector.Create(Unsafe.BitCast<T, float>(a[0]));
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = TFunction.Apply(repeated, right[i]);
                }
            }

            done = target.Length * Vector<float>.Count;
        }

        for (int i = done; i < result.Length; i++)
        {
            result[i] = TFunction.Apply(a[a.Length == 1 ? 0 : i], b[b.Length == 1 ? 0 : i]);
        }
    }
}
