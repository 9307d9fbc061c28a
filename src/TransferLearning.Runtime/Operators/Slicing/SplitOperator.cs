using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Slicing;

/// <summary>Cuts a tensor along an axis (the first by default) into given lengths, or into equal parts (the last may be shorter).</summary>
internal sealed class SplitOperator() : Operator("Split", 1, 2, "axis", "num_outputs", "split")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        return [.. Lengths(call, input[axis]).Select(length => call.Type(0) with { Shape = WithExtent(input, axis, length) })];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Shape input = call.Shape(0);
        int axis = AxisOf(call);
        int[] strides = StridedIndex.StridesOf(input);
        List<Tensor> parts = [];
        int begin = 0;
        foreach (TensorType type in InferTypes(call))
        {
            parts.Add(StridedCopy.Select(call, parts.Count, call.Value(0), type.Shape, strides, begin * strides[axis]));
            begin += type.Shape[axis];
        }

        return [.. parts];
    }

    /// <summary>The axis, counted from the first.</summary>
    public static int AxisOf(OperatorCall call) => call.Axis(call.Attributes.Integer("axis", 0), call.Shape(0).Rank);

    private static int[] Lengths(OperatorCall call, int extent)
    {
        int count = call.Node.Outputs.Length;
        int share = (extent + count - 1) / count;
        int[] lengths = call.Integers("split", 1) is { } given
            ? Array.ConvertAll(given, l => checked((int)l))
            : [.. Enumerable.Range(0, count).Select(i => Math.Clamp(extent - (i * share), 0, share))];
        return lengths.Length == count && lengths.All(l => l >= 0) && lengths.Sum() == extent
            ? lengths
            : throw call.Error($"its parts [{string.Join(',', lengths)}] for {count} outputs do not make up {extent}");
    }

    private static Shape WithExtent(Shape shape, int axis, int extent)
    {
        int[] extents = shape.Dimensions.ToArray();
        extents[axis] = extent;
        return new Shape(extents);
    }
}
