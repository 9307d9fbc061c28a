using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>Convolution of [N, C, (H,) W] with weights [M, C / group, (kH,) kW] and an optional bias [M], over one or two axes.</summary>
internal sealed class ConvOperator()
    : Operator("Conv", 2, 3, "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides")
{
    /// <summary>The number of groups that a node divides its channels into.</summary>
    public static long GroupsOf(Node node) => node.Attributes.Integer("group", 1);

    /// <summary>The sliding window of a convolution node.</summary>
    /// <exception cref="InvalidNetworkException">The attributes do not fit each other or the shapes.</exception>
    public static SpatialWindow WindowOf(Node node, Shape input, Shape weights) =>
        SpatialWindow.Of(node, input, weights.Dimensions[Math.Min(2, weights.Rank)..]);

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        call.RequireOneType();
        (Shape input, Shape weights) = (call.Shape(0), call.Shape(1));
        long group = GroupsOf(call.Node);
        if (weights.Rank != input.Rank || input.Rank is not (3 or 4))
        {
            throw call.Error($"its input {input} is not [N, C, H, W] or [N, C, W], or its weights {weights} do not fit it");
        }

        if (group < 1 || weights[0] % group != 0 || input[1] != weights[1] * group)
        {
            throw call.Error($"its weights {weights} in {group} groups do not fit its input {input}");
        }

        if (call.Has(2) && !call.Shape(2).Equals(new Shape(weights[0])))
        {
            throw call.Error($"its bias {call.Shape(2)} should have the shape [{weights[0]}]");
        }

        if (call.Attributes.Extents("kernel_shape") is { } kernel && !weights.Dimensions[2..].SequenceEqual(kernel))
        {
            throw call.Error($"its kernel_shape [{string.Join(',', kernel)}] is not that of its weights {weights}");
        }

        return [new TensorType(call.Type(0).Element, WindowOf(call.Node, input, weights).OutputShape(input, weights[0]))];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        (Shape input, Shape weights) = (call.Shape(0), call.Shape(1));
        SpatialWindow window = WindowOf(call.Node, input, weights);
        int groups = (int)GroupsOf(call.Node), channels = weights[1], outputs = weights[0] / groups;
        int plane = window.Vertical.Output * window.Horizontal.Output, inputPlane = window.Vertical.Input * window.Horizontal.Input;
        int inner = channels * window.Vertical.Kernel * window.Horizontal.Kernel;
        (Tensor x, Tensor w) = (call.FloatTensor(0), call.FloatTensor(1));
        TensorBuffer<float> result = type.Element == ElementType.Float32
            ? call.Memory.Output<float>(0, type.Shape.Length)
            : call.Memory.Temporary<float>(type.Shape.Length);

        // Each group of an image is a matrix product: weights [outputs, inner] by the elements under each window [inner, plane].
        TensorBuffer<float> unfolded = call.Memory.Temporary<float>(checked(groups * inner * plane));
        var columns = unfolded.ToTensor(new Shape(unfolded.Length));
        for (int image = 0; image < input[0]; image++)
        {
            int firstChannel = image * groups * channels, firstPlane = image * weights[0];
            call.For(groups * channels, (long)inner / channels * plane, (from, to) =>
            {
                for (int channel = from; channel < to; channel++)
                {
                    int length = inner / channels * plane;
                    Unfold(
                        x.Floats.Slice((firstChannel + channel) * inputPlane, inputPlane),
                        unfolded.Span.Slice(channel * length, length),
                        window);
                }
            });

            (int, int, int)[] starts =
            [
                .. Enumerable.Range(0, groups)
                    .Select(g => (g * outputs * inner, g * inner * plane, (firstPlane + (g * outputs)) * plane)),
            ];
            MatrixProduct.Run(
                call, MatrixView.RowMajor(w, inner), MatrixView.RowMajor(columns, plane), starts, outputs, inner, plane, result);
        }

        if (call.Has(2))
        {
            Tensor bias = call.FloatTensor(2);
            for (int i = 0; i < input[0] * weights[0]; i++)
            {
                float summand = bias.Floats[i % weights[0]];
                foreach (ref float value in result.Span.Slice(i * plane, plane))
                {
                    value += summand;
                }
            }
        }

        return [result.ToTensor(type.Shape).To(type.Element)];
    }

    /// <summary>Copies the elements of a channel under each window to rows, one per element of the kernel; padding is 0.</summary>
    private static void Unfold(ReadOnlySpan<float> channel, Span<float> rows, SpatialWindow window)
    {
        (WindowAxis vertical, WindowAxis horizontal) = window;
        int target = 0;
        for (int ky = 0; ky < vertical.Kernel; ky++)
        {
            for (int kx = 0; kx < horizontal.Kernel; kx++)
            {
                for (int y = 0; y < vertical.Output; y++)
                {
                    int row = vertical.Position(y, ky);
                    for (int x = 0; x < horizontal.Output; x++, target++)
                    {
                        int column = horizontal.Position(x, kx);
                        rows[target] = window.IsInside(row, column) ? channel[(row * horizontal.Input) + column] : 0;
                    }
                }
            }
        }
    }
}
