using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Strides;
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

    /// <summary>The amounts of a node, as its attribute or a constant input gives them; null where they are not known.</summary>
    /// <param name="node">A Pad node.</param>
    /// <param name="constant">The value of an input, by its name; null where it is not known.</param>
    public static long[]? KnownAmounts(Node node, Func<string, Tensor?> constant) =>
        node.Attributes.Integers("pads") is { } attribute ? [.. attribute]
        : node.InputOrNull(1) is { } name && constant(name) is { Type: ElementType.Int64 } input ? input.Values<long>().ToArray()
        : null;

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
        TensorType type = InferTypes(call)[0];
        (int[] begin, _) = Amounts(call);
        string mode = call.Choice("mode", Constant, "edge", "reflect", "wrap");
        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        double fill = call.ValueOrNull(2)?.ToDoubles()[0] ?? FillOf(call.Node);
        if (mode == Constant)
        {
            Surround(call, begin, type, result, fill);
        }
        else
        {
            PadByInput(call, begin, type.Shape, mode, result);
        }

        return [result.ToTensor(type.Shape)];
    }

    /// <summary>Fills the result with a constant and copies what remains of the input into it.</summary>
    private static void Surround(OperatorCall call, int[] begin, TensorType type, TensorBuffer result, double fill)
    {
        Tensor input = call.Value(0), filling = TensorConversion.FromDoubles(type.Element, Shape.Scalar, [fill]);
        StridedCopy.Run(call.Division, type.Shape, filling.Part(0, new int[type.Shape.Rank]), result.Whole(type.Shape));
        int[] own = StridedIndex.StridesOf(input.Shape), strides = StridedIndex.StridesOf(type.Shape);
        int[] extents = new int[begin.Length];
        (int source, int target) = (0, 0);
        for (int axis = 0; axis < extents.Length; axis++)
        {
            (int from, int to) = (Math.Max(0, -begin[axis]), Math.Min(input.Shape[axis], type.Shape[axis] - begin[axis]));
            extents[axis] = Math.Max(0, to - from);
            source += from * own[axis];
            target += Math.Max(0, begin[axis]) * strides[axis];
        }

        var kept = new Shape(extents);
        if (kept.Length > 0)
        {
            StridedCopy.Run(call.Division, kept, input.Part(source, own), new StridedTarget(result, target, strides));
        }
    }

    /// <summary>Copies each element from the position in the input that the mode gives it.</summary>
    private static void PadByInput(OperatorCall call, int[] begin, Shape shape, string mode, TensorBuffer result)
    {
        Tensor input = call.Value(0);
        if (input.Length == 0)
        {
            throw call.Error($"its input {input.Shape} has no elements to pad with");
        }

        int[] own = StridedIndex.StridesOf(input.Shape);
        int[][] sources =
        [
            .. Enumerable.Range(0, shape.Rank).Select(axis => Enumerable.Range(0, shape[axis])
                .Select(i => Source(i - begin[axis], input.Shape[axis], mode) * own[axis]).ToArray()),
        ];
        int size = result.Bytes.Length / Math.Max(1, result.Length), width = shape[-1];
        int first = Math.Clamp(begin[^1], 0, width), last = Math.Clamp(begin[^1] + input.Shape[-1], first, width);
        call.For(width == 0 ? 0 : shape.Length / width, width, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                int start = 0;
                for (int axis = shape.Rank - 2, rest = row; axis >= 0; rest /= shape[axis], axis--)
                {
                    start += sources[axis][rest % shape[axis]];
                }

                // What lies within the input is one run; the elements beside it come one by one.
                Span<byte> target = result.Bytes.Slice(row * width * size, width * size);
                input.Bytes.Slice((start + Math.Max(0, -begin[^1])) * size, (last - first) * size).CopyTo(target[(first * size)..]);
                for (int i = first > 0 ? 0 : last; i < width; i = i + 1 == first ? last : i + 1)
                {
                    input.Bytes.Slice((start + sources[^1][i]) * size, size).CopyTo(target[(i * size)..]);
                }
            }
        });
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
