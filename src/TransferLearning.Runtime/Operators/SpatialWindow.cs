using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>
/// The sliding window of a convolution or pooling node over an input [N, C, H, W], or [N, C, W] with a single row, from the attributes
/// strides, pads, dilations, auto_pad and ceil_mode. Immutable.
/// </summary>
internal sealed record SpatialWindow(WindowAxis Vertical, WindowAxis Horizontal)
{
    private const string ExplicitPads = "NOTSET";

    /// <summary>Whether the padding of a node is that of its attribute pads.</summary>
    public static bool HasExplicitPads(Node node) => PaddingMode(node) == ExplicitPads;

    /// <summary>Whether a node adds no padding, whatever its attribute pads says.</summary>
    public static bool IsUnpadded(Node node) => PaddingMode(node) == "VALID";

    /// <summary>Whether the number of windows is rounded up, so that the last may reach beyond the padded input.</summary>
    public static bool RoundsUp(Node node) => node.Attributes.Integer("ceil_mode", 0) != 0;

    /// <summary>The window of a node whose kernel has the given extents, one per spatial axis.</summary>
    /// <exception cref="InvalidNetworkException">The attributes do not fit each other or the input.</exception>
    public static SpatialWindow Of(Node node, Shape input, ReadOnlySpan<int> kernel)
    {
        int axes = input.Rank - 2;
        if (axes is not (1 or 2) || kernel.Length != axes)
        {
            throw Error(
                node, $"its window of {kernel.Length} dimensions does not fit its input {input}; one and two dimensions are supported");
        }

        WindowAxis last = Axis(node, input, kernel, axes - 1);
        return new SpatialWindow(axes == 2 ? Axis(node, input, kernel, 0) : WindowAxis.Single, last);
    }

    /// <summary>The shape of an output with as many spatial axes as the input.</summary>
    public Shape OutputShape(Shape input, int channels) =>
        input.Rank == 3
            ? new Shape(input[0], channels, Horizontal.Output)
            : new Shape(input[0], channels, Vertical.Output, Horizontal.Output);

    /// <summary>The row and the column of each element under the window at output row y and column x, padding included.</summary>
    public IEnumerable<(int Row, int Column)> Elements(int y, int x)
    {
        for (int ky = 0; ky < Vertical.Kernel; ky++)
        {
            for (int kx = 0; kx < Horizontal.Kernel; kx++)
            {
                yield return (Vertical.Position(y, ky), Horizontal.Position(x, kx));
            }
        }
    }

    /// <summary>Whether an element lies in the input, not in its padding.</summary>
    public bool IsInside(int row, int column) => (uint)row < (uint)Vertical.Input && (uint)column < (uint)Horizontal.Input;

    private static WindowAxis Axis(Node node, Shape shape, ReadOnlySpan<int> kernel, int axis)
    {
        int axes = kernel.Length;
        int input = shape[axis + 2];
        int stride = Entry(node, "strides", axis, axes, 1);
        int dilation = Entry(node, "dilations", axis, axes, 1);
        int begin = Entry(node, "pads", axis, 2 * axes, 0);
        int end = Entry(node, "pads", axis + axes, 2 * axes, 0);
        if (kernel[axis] < 1 || stride < 1 || dilation < 1)
        {
            throw Error(node, $"its kernel {kernel[axis]}, stride {stride} and dilation {dilation} must be positive");
        }

        int span = ((kernel[axis] - 1) * dilation) + 1;
        string mode = PaddingMode(node);
        switch (mode)
        {
            case ExplicitPads:
                break;
            case "VALID":
                (begin, end) = (0, 0);
                break;
            case "SAME_UPPER" or "SAME_LOWER":
                int total = Math.Max(((((input + stride - 1) / stride) - 1) * stride) + span - input, 0);
                begin = mode == "SAME_UPPER" ? total / 2 : total - (total / 2);
                end = total - begin;
                break;
            default:
                throw Error(node, $"its auto_pad '{mode}' is not one of NOTSET, VALID, SAME_UPPER and SAME_LOWER");
        }

        int room = input + begin + end - span;
        if (room < 0)
        {
            throw Error(node, $"its window of {span} elements does not fit {input} elements padded by {begin} and {end}");
        }

        int output = (room / stride) + 1;

        // Rounded up, but a window must not begin in the padding at the end.
        if (RoundsUp(node) && room % stride != 0 && output * stride < input + begin)
        {
            output++;
        }

        return new WindowAxis(input, kernel[axis], stride, dilation, begin, end, output);
    }

    private static string PaddingMode(Node node) =>
        node.Attributes.Text("auto_pad", ExplicitPads) is { Length: > 0 } mode ? mode : ExplicitPads;

    private static int Entry(Node node, string attribute, int index, int count, int otherwise)
    {
        ImmutableArray<long>? values = node.Attributes.Integers(attribute);
        if (values is { Length: > 0 } given && given.Length != count)
        {
            throw Error(node, $"its attribute '{attribute}' has {given.Length} values where {count} are needed");
        }

        long value = values is { Length: > 0 } all ? all[index] : otherwise;
        return value is >= 0 and <= 1 << 20
            ? (int)value
            : throw Error(node, $"its attribute '{attribute}' has the value {value}, out of 0 to 2^20");
    }

    private static InvalidNetworkException Error(Node node, string problem) =>
        new($"the node '{node.DisplayName}' ({node.OperatorName}): {problem}");
}
