using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
        bool isLargest = call.Attributes.Integer("largest", 1) != 0;
        long[] indices = new long[output.Length];
        int[] positions = new int[output.Length];
        call.For(count == 0 ? 0 : output.Length / count, 4L * extent, (from, to) =>
        {
            int[] best = new int[count];
            for (int line = from; line < to; line++)
            {
                int start = (line / inner * extent * inner) + (line % inner), target = (line / inner * count * inner) + (line % inner);
                Select(values, start, inner, extent, isLargest, best);
                for (int i = 0; i < count; i++)
                {
                    indices[target + (i * inner)] = best[i];
                    positions[target + (i * inner)] = start + (best[i] * inner);
                }
            }
        });

        TensorBuffer chosen = call.Memory.Output(0, types[0].Element, output.Length);
        ElementBlocks.Gather(call, call.Value(0), positions, 1, chosen);
        Tensor[] all = [chosen.ToTensor(output), Tensor.Create(output, indices)];
        return all[..types.Length];
    }

    /// <summary>Finds the best elements of a line, ordered. NaN counts as the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(double[] values, int start, int step, int extent, bool isLargest, int[] best)
    {
        int found = 0;
        for (int i = 0; i < extent; i++)
        {
            double value = values[start + (i * step)];
            if (found == best.Length && !IsBetter(value, values[start + (best[^1] * step)]))
            {
                continue;
            }

            int place = found < best.Length ? found++ : found - 1;
            for (; place > 0 && IsBetter(value, values[start + (best[place - 1] * step)]); place--)
            {
                best[place] = best[place - 1];
            }

            best[place] = i;
        }

        bool IsBetter(double a, double b) => isLargest ? IsLarger(a, b) : IsLarger(b, a);

        static bool IsLarger(double a, double b) => a > b || (double.IsNaN(a) && !double.IsNaN(b));
    }

    private static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", -1), call.Shape(0).Rank);
}
