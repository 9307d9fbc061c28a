using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>
/// The mean of what a window covers: of the input alone or, with count_include_pad, of the padding too (but not of what lies beyond
/// the padding, where ceil_mode lets a window hang over).
/// </summary>
internal sealed class AveragePoolOperator()
    : PoolOperator("AveragePool", "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [Pooled(call)];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = Pooled(call);
        SpatialWindow window = WindowOf(call.Node, call.Shape(0));
        bool countsPadding = call.Attributes.Integer("count_include_pad", 0) != 0;
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
