using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>
/// Reduces the axes given in an attribute or (ReduceSum since operator set 13, the others since 18) an input; all axes by default.
/// </summary>
internal sealed class ReduceOperator<TReduction>(string name)
    : Operator(name, 1, 2, "axes", "keepdims", "noop_with_empty_axes")
    where TReduction : struct, IReduction
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int[] axes = ReducedAxes.Of(call);
        bool keep = ReducedAxes.AreKept(call.Node);
        List<int> extents = [];
        for (int axis = 0; axis < input.Rank; axis++)
        {
            if (!axes.Contains(axis))
            {
                extents.Add(input[axis]);
            }
            else if (keep)
            {
                extents.Add(1);
            }
        }

        return [call.Type(0) with { Shape = new Shape([.. extents]) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        Shape input = call.Shape(0);
        int[] axes = ReducedAxes.Of(call);
        if (axes.Length == 0)
        {
            return [call.Value(0)];
        }

        Tensor values = call.Value(0);
        (int length, int inner) = (new Shape([.. axes.Select(a => input[a])]).Length, 1);
        if (AreNeighbors(input, axes))
        {
            inner = new Shape(input.Dimensions[(axes[^1] + 1)..]).Length;
        }
        else
        {
            int[] order = [.. Enumerable.Range(0, input.Rank).Except(axes), .. axes];
            int[] strides = StridedIndex.StridesOf(input);
            values = StridedCopy.Rearrange(
                call, values, new Shape([.. order.Select(a => input[a])]), [.. order.Select(a => strides[a])]);
        }

        return [Reduce(call, values, type, length, inner)];
    }

    /// <summary>Reduces the middle axis of values [outer, length, inner].</summary>
    private static Tensor Reduce(OperatorCall call, Tensor values, TensorType type, int length, int inner)
    {
        if (type.Element != ElementType.Float32)
        {
            double[] source = values.ToDoubles(), reduced = new double[type.Shape.Length];
            for (int i = 0; i < reduced.Length; i++)
            {
                reduced[i] = ReductionLoops<TReduction>.Strided(source, (i / inner * length * inner) + (i % inner), inner, length);
            }

            return TensorConversion.FromDoubles(type.Element, type.Shape, reduced);
        }

        TensorBuffer<float> result = call.Memory.Output<float>(0, type.Shape.Length);
        if (result.Length > 0 && inner == 1)
        {
            call.For(result.Length, 2L * length, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    result.Span[i] = (float)ReductionLoops<TReduction>.Row(values.Floats.Slice(i * length, length));
                }
            });
        }
        else if (result.Length > 0)
        {
            const int Columns = ReductionLoops<TReduction>.MaxColumns;
            int blocks = (inner + Columns - 1) / Columns;
            call.For(result.Length / inner * blocks, 2L * length * Columns, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    (int outer, int first) = (i / blocks, i % blocks * Columns);
                    Span<float> target = result.Span.Slice((outer * inner) + first, Math.Min(Columns, inner - first));
                    ReductionLoops<TReduction>.Rows(values.Floats[((outer * length * inner) + first)..], inner, length, target);
                }
            });
        }

        return result.ToTensor(type.Shape);
    }

    /// <summary>Whether no axis of more than one element lies between the reduced ones.</summary>
    private static bool AreNeighbors(Shape input, int[] axes) =>
        Enumerable.Range(axes[0], axes[^1] - axes[0]).All(a => axes.Contains(a) || input[a] == 1);
}
