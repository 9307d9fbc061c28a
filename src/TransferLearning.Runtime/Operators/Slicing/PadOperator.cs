using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Slicing;

/// <summary>
/// Adds elements before and after each axis, or removes them where an amount is negative. New elements are a constant (by default), the
/// edge, the mirrored or the repeated input. The amounts are in an attribute (before operator set 11) or an input.
/// </summary>
internal sealed class PadOperator() : Operator("Pad", 1, 4, "mode", "pads", "value")
{
    private const string Constant = "constant";

    /// <summary>Whether the elements that a node adds are zeros, whatever its input.</summary>
    /// <param name="node">A Pad node.</param>
    /// <param name="constant">The value of an input, by its name; null where it is not known.</param>
    public static bool AddsZeros(Node node, Func<string, Tensor?> constant)
    {
        double? fill = node.InputOrNull(2) is { } name ? constant(name)?.ToDoubles()[0] : FillOf(node);
        return fill == 0 && node.Attributes.Text("mode", Constant) == Constant;
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        (int[] begin, int[] end) = Amounts(call);
        Shape input = call.Shape(0);
        int[] extents = [.. Enumerable.Range(0, input.Rank).Select(axis => input[axis] + begin[axis] + end[axis])];
        return extents.All(e => e >= 0)
            ? [call.Type(0) with { Shape = new Shape(extents) }]
            : throw call.Error($"its pads remove more than its input {input} has");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape output = InferTypes(call)[0].Shape;
        Shape input = call.Shape(0);
        (int[] begin, _) = Amounts(call);
        string mode = call.Choice("mode", Constant, "edge", "reflect", "wrap");
        int[] own = StridedIndex.StridesOf(input);
        int[] strides = StridedIndex.StridesOf(output);
        int[] positions = new int[output.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            for (int axis = 0; axis < input.Rank && positions[i] >= 0; axis++)
            {
                int source = Source((i / strides[axis] % output[axis]) - begin[axis], input[axis], mode);
                positions[i] = source < 0 ? -1 : positions[i] + (source * own[axis]);
            }
        }

        double fill = call.ValueOrNull(2)?.ToDoubles()[0] ?? FillOf(call.Node);
        return [call.Value(0).Select(output, positions, fill)];
    }

    /// <summary>The amounts added before and after each axis of the node's input.</summary>
    public static (int[] Begin, int[] End) Amounts(OperatorCall call)
    {
        int rank = call.Shape(0).Rank;
        long[] pads = call.Integers("pads", 1) ?? throw call.Error("it has no pads");
        int[] axes = call.ValueOrNull(3) is { } given
            ? Array.ConvertAll(call.ToIntegers(given), a => call.Axis(a, rank))
            : [.. Enumerable.Range(0, rank)];
        if (pads.Length != 2 * axes.Length)
        {
            throw call.Error($"its {pads.Length} pads do not fit {axes.Length} axes");
        }

        int[] begin = new int[rank];
        int[] end = new int[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            begin[axes[i]] = checked((int)pads[i]);
            end[axes[i]] = checked((int)pads[i + axes.Length]);
        }

        return (begin, end);
    }

    private static float FillOf(Node node) => node.Attributes.Float("value", 0);

    private static int Source(int index, int extent, string mode)
    {
        switch (mode)
        {
            case Constant:
                return index >= 0 && index < extent ? index : -1;
            case "edge":
                return Math.Clamp(index, 0, extent - 1);
            case "wrap":
                return ((index % extent) + extent) % extent;
            case "reflect":
                // The edge itself is not repeated: the period is twice the extent less both edges.
                int period = Math.Max(1, 2 * (extent - 1));
                int within = ((index % period) + period) % period;
                return within < extent ? within : period - within;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "not a mode of Pad");
        }
    }
}
