using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>Slides a window over each channel of [N, C, (H,) W] and reduces what it covers to one element.</summary>
internal abstract class PoolOperator(string name, params string[] attributes) : Operator(name, 1, 1, attributes)
{
    /// <summary>The sliding window of a pooling node.</summary>
    /// <exception cref="InvalidNetworkException">The attributes do not fit each other or the input.</exception>
    public static SpatialWindow WindowOf(Node node, Shape input) =>
        node.Attributes.Integers("kernel_shape") is { } kernel
            ? SpatialWindow.Of(node, input, [.. kernel.Select(k => (int)k)])
            : throw new InvalidNetworkException($"the node '{node.DisplayName}' ({node.OperatorName}) has no attribute 'kernel_shape'");

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (call.Node.Outputs.Length > 1)
        {
            throw call.Error("its second output, the positions of the largest elements, is not supported");
        }

        Shape input = call.Shape(0);
        return input.Rank is 3 or 4
            ? [call.Type(0) with { Shape = WindowOf(call.Node, input).OutputShape(input, input[1]) }]
            : throw call.Error($"its input {input} is not [N, C, H, W] or [N, C, W]");
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        (WindowAxis vertical, WindowAxis horizontal) = WindowOf(call.Node, call.Shape(0));
        double[] input = call.Value(0).ToDoubles();
        var result = new double[type.Shape.Length];
        int plane = vertical.Input * horizontal.Input;
        for (int i = 0; i < result.Length; i++)
        {
            int x = i % horizontal.Output;
            int y = i / horizontal.Output % vertical.Output;
            int channel = i / (horizontal.Output * vertical.Output);
            result[i] = Reduce(call.Attributes, input.AsSpan(channel * plane, plane), vertical, horizontal, y, x);
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, result)];
    }

    /// <summary>Reduces the window at output row y and column x of one channel.</summary>
    protected abstract double Reduce(
        NodeAttributes attributes, ReadOnlySpan<double> channel, WindowAxis vertical, WindowAxis horizontal, int y, int x);
}
