using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Slicing;

/// <summary>
/// Takes the elements from starts up to, but not including, ends, by steps, along some axes. Attributes (before operator set 10) or inputs
/// give all of these.
/// </summary>
internal sealed class SliceOperator() : Operator("Slice", 1, 5, "starts", "ends", "axes")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [call.Type(0) with { Shape = Plan(call, StridedIndex.StridesOf(call.Shape(0))).Shape }];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        (Shape shape, int[] strides, int start) = Plan(call, StridedIndex.StridesOf(call.Shape(0)));
        return [StridedCopy.Select(call, 0, call.Value(0), shape, strides, start)];
    }

    /// <summary>The shape of the selection, the strides of its axes, and where its first element is.</summary>
    /// <param name="call">The call.</param>
    /// <param name="axisStrides">The strides of the input's axes.</param>
    public static (Shape Shape, int[] Strides, int Start) Plan(OperatorCall call, ReadOnlySpan<int> axisStrides)
    {
        Shape input = call.Shape(0);
        long[] starts = call.Integers("starts", 1) ?? throw call.Error("it has no starts");
        long[] ends = call.Integers("ends", 2) ?? throw call.Error("it has no ends");
        long[] axes = call.Integers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = call.ValueOrNull(4) is { } given ? call.ToIntegers(given) : [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Contains(0))
        {
            throw call.Error("its starts, ends, axes and steps do not fit each other");
        }

        int[] extents = input.Dimensions.ToArray();
        int[] strides = axisStrides.ToArray();
        int start = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = call.Axis(axes[i], input.Rank);
            long extent = input[axis];
            bool forward = steps[i] > 0;
            long from = Math.Clamp(starts[i] < 0 ? starts[i] + extent : starts[i], 0, forward ? extent : extent - 1);
            long to = Math.Clamp(ends[i] < 0 ? Math.Max(ends[i], -extent - 1) + extent : ends[i], forward ? 0 : -1, extent);
            long distance = forward ? to - from : from - to;
            long step = Math.Abs(steps[i] == long.MinValue ? long.MaxValue : steps[i]);
            extents[axis] = distance <= 0 ? 0 : (int)(((distance - 1) / step) + 1);
            start += (int)from * strides[axis];
            strides[axis] = extents[axis] <= 1 ? 0 : strides[axis] * (int)steps[i];
        }

        return (new Shape(extents), strides, start);
    }
}
