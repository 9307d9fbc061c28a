using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// The k largest or smallest elements along an axis (the last by default) and their indices, ordered; among equal ones, those of lower
/// indices come first.
/// </summary>
internal sealed class TopKOperator() : Operator("TopK", 2, 2, "axis", "largest", "sorted")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        long[] counts = call.ToIntegers(call.Value(1));
        if (counts is not [>= 0 and var count] || count > input[axis])
        {
            throw call.Error($"its k [{string.Join(',', counts)}] is not one number from 0 to the {input[axis]} elements along its axis");
        }

        var shape = new Shape([.. input.Dimensions[..axis], (int)count, .. input.Dimensions[(axis + 1)..]]);
        TensorType[] all = [call.Type(0) with { Shape = shape }, new TensorType(ElementType.Int64, shape)];
        return [.. all.Take(call.Node.Outputs.Length)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        ImmutableArray<TensorType> types = InferTypes(call);
        Shape input = call.Shape(0), output = types[0].Shape;
        int axis = AxisOf(call), extent = input[axis], count = output[axis], inner = new Shape(input.Dimensions[(axis + 1)..]).Length;
        double[] values = call.Value(0).ToDoubles();
        int sign = call.Attributes.Integer("largest", 1) != 0 ? -1 : 1;
        long[] indices = new long[output.Length];
        int[] positions = new int[output.Length];
        call.For(count == 0 ? 0 : output.Length / count, 16L * extent, (from, to) =>
        {
            int[] order = new int[extent];
            for (int line = from; line < to; line++)
            {
                int start = (line / inner * extent * inner) + (line % inner), target = (line / inner * count * inner) + (line % inner);
                for (int i = 0; i < extent; i++)
                {
                    order[i] = i;
                }

                Array.Sort(order, (a, b) => values[start + (a * inner)].CompareTo(values[start + (b * inner)]) is not 0 and var compared
                    ? sign * compared
                    : a.CompareTo(b));
                for (int i = 0; i < count; i++)
                {
                    indices[target + (i * inner)] = order[i];
                    positions[target + (i * inner)] = start + (order[i] * inner);
                }
            }
        });

        TensorBuffer best = call.Memory.Output(0, types[0].Element, output.Length);
        ElementBlocks.Gather(call, call.Value(0), positions, 1, best);
        Tensor[] all = [best.ToTensor(output), Tensor.Create(output, indices)];
        return all[..types.Length];
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", -1), call.Shape(0).Rank);
}
