using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>
/// The largest element that a window covers; padding does not count. The optional second output is its position in the input, in
/// row-major order or, with storage_order 1, in column-major order within each channel: the first of equal elements, -1 for a window that
/// covers none.
/// </summary>
internal sealed class MaxPoolOperator()
    : PoolOperator("MaxPool", "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        TensorType pooled = Pooled(call);
        return call.Node.Outputs.Length > 1 ? [pooled, pooled with { Element = ElementType.Int64 }] : [pooled];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        ImmutableArray<TensorType> types = InferTypes(call);
        SpatialWindow window = WindowOf(call.Node, call.Shape(0));
        double[] input = call.Value(0).ToDoubles();
        int plane = window.Vertical.Input * window.Horizontal.Input;
        long[] positions = Slide(types[0].Shape, window, (channel, y, x) => Largest(input, channel * plane, window, y, x));
        Tensor pooled = TensorConversion.FromDoubles(
            types[0].Element, types[0].Shape, Array.ConvertAll(positions, p => p < 0 ? double.NegativeInfinity : input[p]));
        if (types.Length == 1)
        {
            return [pooled];
        }

        bool isColumnMajor = call.Attributes.Integer("storage_order", 0) != 0;
        positions = isColumnMajor ? Array.ConvertAll(positions, p => ToColumnMajor(p, window)) : positions;
        return [pooled, Tensor.Create(types[1].Shape, positions)];
    }

    /// <summary>The position of the largest element under the window at output row y and column x, or of the first NaN.</summary>
    private static long Largest(double[] input, int channelStart, SpatialWindow window, int y, int x)
    {
        long largest = -1;
        foreach ((int row, int column) in window.Elements(y, x))
        {
            int position = channelStart + (row * window.Horizontal.Input) + column;
            if (window.IsInside(row, column) && (largest < 0 || IsLarger(input[position], input[largest])))
            {
                largest = position;
            }
        }

        return largest;
    }

    private static bool IsLarger(double value, double than) => value > than || (double.IsNaN(value) && !double.IsNaN(than));

    /// <summary>Converts a position in row-major order to one in column-major order within its channel.</summary>
    private static long ToColumnMajor(long position, SpatialWindow window)
    {
        (int height, int width) = (window.Vertical.Input, window.Horizontal.Input);
        if (position < 0)
        {
            return position;
        }

        long inChannel = position % (height * width);
        return position - inChannel + (inChannel % width * height) + (inChannel / width);
    }
}
