using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>Slides a window over each channel of [N, C, (H,) W] and reduces the elements under it to one.</summary>
internal abstract class PoolOperator(string name, params string[] attributes) : Operator(name, 1, 1, attributes)
{
    /// <summary>The sliding window of a pooling node.</summary>
    /// <exception cref="InvalidNetworkException">The attributes do not fit each other or the input.</exception>
    public static SpatialWindow WindowOf(Node node, Shape input) =>
        node.Attributes.Extents("kernel_shape") is { } kernel
            ? SpatialWindow.Of(node, input, kernel)
            : throw new InvalidNetworkException($"the node '{node.DisplayName}' ({node.OperatorName}) has no attribute 'kernel_shape'");

    /// <summary>The type of the output.</summary>
    protected static TensorType Pooled(OperatorCall call)
    {
        Shape input = call.Shape(0);
        return input.Rank is 3 or 4
            ? call.Type(0) with { Shape = WindowOf(call.Node, input).OutputShape(input, input[1]) }
            : throw call.Error($"its input {input} is not [N, C, H, W] or [N, C, W]");
    }

    /// <summary>Computes each output element from its channel (counted over all images), output row and output column.</summary>
    protected static T[] Slide<T>(Shape output, SpatialWindow window, Func<int, int, int, T> reduce)
    {
        (int height, int width) = (window.Vertical.Output, window.Horizontal.Output);
        var result = new T[output.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = reduce(i / (width * height), i / width % height, i % width);
        }

        return result;
    }
}
