using System.Runtime.InteropServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Strides;

/// <summary>
/// Copies elements between tensors by strides: what transposes, slices, joins, repeats and broadcasts have in common. Runs of neighboring
/// elements are copied as blocks, and rows become columns in tiles that stay in the cache.
/// </summary>
internal static class StridedCopy
{
    private const int Source = 0;
    private const int Target = 1;

    /// <summary>A tensor of the elements of another at start + sum(index[axis] * strides[axis]), as an output of the call.</summary>
    public static Tensor Select(
        OperatorCall call, int output, Tensor source, Shape shape, int[] strides, int start = 0)
    {
        TensorBuffer target = call.Memory.Output(output, source.Type, shape.Length);
        Run(call.Division, shape, source.Part(start, strides), target.Whole(shape));
        return target.ToTensor(shape);
    }

    /// <summary>As <see cref="Select"/>, outside of a call.</summary>
    public static Tensor Create(Tensor source, Shape shape, int[] strides)
    {
        TensorBuffer target = OperatorMemory.Managed.Temporary(source.Type, shape.Length);
        Run(division: null, shape, source.Part(0, strides), target.Whole(shape));
        return target.ToTensor(shape);
    }

    /// <summary>As <see cref="Select"/>, for a value in between.</summary>
    public static Tensor Rearrange(OperatorCall call, Tensor source, Shape shape, int[] strides, int start = 0)
    {
        TensorBuffer target = call.Memory.Temporary(source.Type, shape.Length);
        Run(call.Division, shape, source.Part(start, strides), target.Whole(shape));
        return target.ToTensor(shape);
    }

    /// <summary>A tensor repeated to fill a shape, as a value in between; the tensor itself where it has the shape.</summary>
    public static Tensor Broadcast(OperatorCall call, Tensor source, Shape shape) =>
        source.Shape.Equals(shape) ? source : Rearrange(call, source, shape, Broadcasting.Strides(source.Shape, shape));

    /// <summary>Copies a block of elements.</summary>
    /// <param name="division">The threads; null for the calling thread alone.</param>
    /// <param name="shape">The extents of the block.</param>
    /// <param name="source">Where it is read.</param>
    /// <param name="target">Where it is written.</param>
    public static void Run(IWorkDivision? division, Shape shape, StridedSource source, StridedTarget target)
    {
        switch (target.Buffer.Bytes.Length / Math.Max(1, target.Buffer.Length))
        {
            case 0:
                break;
            case sizeof(byte):
                Run<byte>(division, shape, source, target);
                break;
            case sizeof(int):
                Run<int>(division, shape, source, target);
                break;
            case sizeof(long):
                Run<long>(division, shape, source, target);
                break;
            default:
                throw new ArgumentException("elements have 1, 4 or 8 bytes", nameof(target));
        }
    }

    private static void Run<T>(IWorkDivision? division, Shape shape, StridedSource source, StridedTarget target)
        where T : unmanaged
    {
        var axes = new CollapsedAxes(shape, source.Strides, target.Strides);
        int column = axes.RowStride(Source) == 1 || axes.RowStride(Target) != 1 ? -1 : ColumnAxis(axes);
        if (column >= 0)
        {
            TransposeTiles<T>(division, axes, column, source, target);
            return;
        }

        WorkLoop.For(division, axes.Rows, axes.RowLength, (from, to) =>
        {
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source.Tensor.Bytes);
            Span<T> result = MemoryMarshal.Cast<byte, T>(target.Buffer.Bytes);
            (int length, int step, int targetStep) = (axes.RowLength, axes.RowStride(Source), axes.RowStride(Target));
            RowCursor row = axes.At(from);
            for (int i = from; i < to; i++, row.Next())
            {
                CopyRow(values, source.Start + row[Source], step, result, target.Start + row[Target], targetStep, length);
            }
        });
    }

    private static void CopyRow<T>(ReadOnlySpan<T> source, int from, int step, Span<T> target, int to, int targetStep, int length)
        where T : unmanaged
    {
        if (step == 1 && targetStep == 1)
        {
            source.Slice(from, length).CopyTo(target[to..]);
        }
        else if (step == 0 && targetStep == 1)
        {
            target.Slice(to, length).Fill(source[from]);
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                target[to + (i * targetStep)] = source[from + (i * step)];
            }
        }
    }

    /// <summary>The axis along which neighbors of the source lie side by side, the longest; -1 without one.</summary>
    private static int ColumnAxis(CollapsedAxes axes)
    {
        int column = -1;
        for (int axis = 0; axis < axes.Extents.Length - 1; axis++)
        {
            if (axes.StridesOf(Source)[axis] == 1 && (column < 0 || axes.Extents[axis] > axes.Extents[column]))
            {
                column = axis;
            }
        }

        return column;
    }

    /// <summary>Copies matrices whose rows lie in the source as columns in the target, a strip of target rows at a time.</summary>
    private static void TransposeTiles<T>(
        IWorkDivision? division, CollapsedAxes axes, int column, StridedSource source, StridedTarget target)
        where T : unmanaged
    {
        const int Strip = 16;
        int rows = axes.Extents[column], columns = axes.RowLength;
        int strips = (rows + Strip - 1) / Strip;
        (int sourceStep, int targetStep) = (axes.RowStride(Source), axes.StridesOf(Target)[column]);

        // Of the remaining axes, each position is a row of one element.
        CollapsedAxes matrices = axes.Without(column, axes.Extents.Length - 1);
        WorkLoop.For(division, strips * matrices.Length, (long)Strip * columns, (from, to) =>
        {
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source.Tensor.Bytes);
            Span<T> result = MemoryMarshal.Cast<byte, T>(target.Buffer.Bytes);
            for (int item = from; item < to; item++)
            {
                int matrix = item / strips, first = item % strips * Strip;
                (int begin, int end) = (source.Start + matrices.Position(Source, matrix), target.Start + matrices.Position(Target, matrix));
                MatrixTransposition.Run(
                    values[(begin + first)..],
                    sourceStep,
                    result[(end + (first * targetStep))..],
                    targetStep,
                    columns,
                    Math.Min(Strip, rows - first));
            }
        });
    }
}
