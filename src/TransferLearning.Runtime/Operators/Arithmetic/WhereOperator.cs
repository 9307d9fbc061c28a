using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Takes elements from the second input where the first is true, from the third elsewhere.</summary>
internal sealed class WhereOperator() : Operator("Where", 3, 3)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        TensorType values = BinaryFunctions.Combine(call, call.Type(1), call.Type(2));
        return call.Type(0).Element == ElementType.Boolean
            ? [BinaryFunctions.Combine(call, call.Type(0) with { Element = values.Element }, values)]
            : throw call.Error($"its condition is of {call.Type(0).Element}, expected {ElementType.Boolean}");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        switch (result.Bytes.Length / Math.Max(1, result.Length))
        {
            case sizeof(byte):
                Choose<byte>(call, type.Shape, result);
                break;
            case sizeof(int):
                Choose<int>(call, type.Shape, result);
                break;
            case sizeof(long):
                Choose<long>(call, type.Shape, result);
                break;
            default:
                break;
        }

        return [result.ToTensor(type.Shape)];
    }

    private static void Choose<T>(OperatorCall call, Shape shape, TensorBuffer result)
        where T : unmanaged
    {
        Tensor[] inputs = [call.Value(0), call.Value(1), call.Value(2)];
        var axes = new CollapsedAxes(shape, Array.ConvertAll(inputs, i => Broadcasting.Strides(i.Shape, shape)));
        call.For(axes.Rows, axes.RowLength, (from, to) =>
        {
            ReadOnlySpan<bool> condition = inputs[0].Values<bool>();
            ReadOnlySpan<T> first = MemoryMarshal.Cast<byte, T>(inputs[1].Bytes), second = MemoryMarshal.Cast<byte, T>(inputs[2].Bytes);
            Span<T> target = MemoryMarshal.Cast<byte, T>(result.Bytes);
            (int length, int step, int firstStep, int secondStep) =
                (axes.RowLength, axes.RowStride(0), axes.RowStride(1), axes.RowStride(2));
            RowCursor row = axes.At(from);
            for (int i = from; i < to; i++, row.Next())
            {
                (int c, int x, int y) = (row[0], row[1], row[2]);
                foreach (ref T element in target.Slice(i * length, length))
                {
                    element = condition[c] ? first[x] : second[y];
                    c += step;
                    x += firstStep;
                    y += secondStep;
                }
            }
        });
    }
}
