using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>
/// Reduces the axes given in an attribute or (ReduceSum since operator set 13, the others since 18) an input; all axes by default.
/// </summary>
internal sealed class ReduceOperator(string name, Func<IEnumerable<double>, double> reduce)
    : Operator(name, 1, 2, "axes", "keepdims", "noop_with_empty_axes")
{
    /// <summary>Whether the axes that a node reduces stay, with an extent of 1.</summary>
    public static bool KeepsAxes(Node node) => node.Attributes.Integer("keepdims", 1) != 0;

    /// <summary>The axes that a node reduces, ascending.</summary>
    public static int[] AxesOf(OperatorCall call)
    {
        int rank = call.Shape(0).Rank;
        long[] given = call.Integers("axes", 1) ?? [];
        return given.Length > 0 ? [.. given.Select(a => call.Axis(a, rank)).Distinct().Order()]
            : call.Attributes.Integer("noop_with_empty_axes", 0) != 0 ? []
            : [.. Enumerable.Range(0, rank)];
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int[] axes = AxesOf(call);
        bool keep = KeepsAxes(call.Node);
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
        int[] axes = AxesOf(call);
        if (axes.Length == 0)
        {
            return [call.Value(0)];
        }

        int[] strides = StridedIndex.StridesOf(input);
        int[] kept = [.. Enumerable.Range(0, input.Rank).Except(axes)];
        int[] starts = StridedIndex.Positions(new Shape([.. kept.Select(a => input[a])]), [.. kept.Select(a => strides[a])]);
        int[] offsets = StridedIndex.Positions(new Shape([.. axes.Select(a => input[a])]), [.. axes.Select(a => strides[a])]);
        double[] values = call.Value(0).ToDoubles();
        double[] result = Array.ConvertAll(starts, start => reduce(offsets.Select(o => values[start + o])));
        return [TensorConversion.FromDoubles(type.Element, type.Shape, result)];
    }
}
