using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>
/// The mean of the elements that a window covers: those of the input or, with count_include_pad, also the zeros of the padding. Elements
/// beyond the padding, which ceil_mode lets a window reach, never count.
/// </summary>
internal sealed class AveragePoolOperator()
    : PoolOperator("AveragePool", "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides")
{
    /// <summary>Whether the zeros of the padding count in the means of a node.</summary>
    public static bool CountsPadding(Node node) => node.Attributes.Integer("count_include_pad", 0) != 0;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [Pooled(call)];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = Pooled(call);
        SpatialWindow window = WindowOf(call.Node, call.Shape(0));
        bool countsPadding = CountsPadding(call.Node);
        double[] input = call.Value(0).ToDoubles();
        int plane = window.Vertical.Input * window.Horizontal.Input;
        double[] means = Slide(
            type.Shape, window, (channel, y, x) => Mean(input.AsSpan(channel * plane, plane), window, y, x, countsPadding));
        return [TensorConversion.FromDoubles(type.Element, type.Shape, means)];
    }

    /// <summary>The mean under the window at output row y and column x of one channel.</summary>
    private static double Mean(ReadOnlySpan<double> channel, SpatialWindow window, int y, int x, bool countsPadding)
    {
        double sum = 0;
        int count = 0;
        foreach ((int row, int column) in window.Elements(y, x))
        {
            if (window.IsInside(row, column))
            {
                sum += channel[(row * window.Horizontal.Input) + column];
                count++;
            }
            else if (countsPadding && IsWithinPadding(window.Vertical, row) && IsWithinPadding(window.Horizontal, column))
            {
                count++;
            }
        }

        return sum / count;
    }

    private static bool IsWithinPadding(WindowAxis axis, int position) => position < axis.Input + axis.PadEnd;
}
