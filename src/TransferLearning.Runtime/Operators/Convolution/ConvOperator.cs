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
        Shape output = InferTypes(call)[0].Shape;
        (Shape input, Shape weights) = (call.Shape(0), call.Shape(1));
        (WindowAxis vertical, WindowAxis horizontal) = WindowOf(call.Node, input, weights);
        int channelsPerGroup = weights[1];
        int outputsPerGroup = weights[0] / (int)GroupsOf(call.Node);
        int plane = vertical.Output * horizontal.Output;
        int inputPlane = vertical.Input * horizontal.Input;
        int kernelPlane = vertical.Kernel * horizontal.Kernel;
        ReadOnlySpan<float> x = call.Floats(0);
        ReadOnlySpan<float> w = call.Floats(1);
        float[] result = new float[output.Length];
        for (int image = 0; image < input[0]; image++)
        {
            for (int m = 0; m < weights[0]; m++)
            {
                Span<float> target = result.AsSpan(((image * weights[0]) + m) * plane, plane);
                target.Fill(call.Has(2) ? call.Floats(2)[m] : 0);
                for (int c = 0; c < channelsPerGroup; c++)
                {
                    int channel = (m / outputsPerGroup * channelsPerGroup) + c;
                    Accumulate(
                        x.Slice(((image * input[1]) + channel) * inputPlane, inputPlane),
                        w.Slice(((m * channelsPerGroup) + c) * kernelPlane, kernelPlane),
                        target,
                        vertical,
                        horizontal);
                }
            }
        }

        return [Tensor.Create(output, result)];
    }

    /// <summary>Adds the contribution of one input channel to one output channel.</summary>
    private static void Accumulate(
        ReadOnlySpan<float> input, ReadOnlySpan<float> kernel, Span<float> output, WindowAxis vertical, WindowAxis horizontal)
    {
        for (int y = 0; y < vertical.Output; y++)
        {
            for (int x = 0; x < horizontal.Output; x++)
            {
                float sum = 0;
                for (int ky = 0; ky < vertical.Kernel; ky++)
                {
                    int row = (y * vertical.Stride) - vertical.PadBegin + (ky * vertical.Dilation);
                    if ((uint)row >= (uint)vertical.Input)
                    {
                        continue;
                    }

                    for (int kx = 0; kx < horizontal.Kernel; kx++)
                    {
                        int column = (x * horizontal.Stride) - horizontal.PadBegin + (kx * horizontal.Dilation);
                        if ((uint)column < (uint)horizontal.Input)
                        {
                            sum += input[(row * horizontal.Input) + column] * kernel[(ky * horizontal.Kernel) + kx];
                        }
                    }
                }

                output[(y * horizontal.Output) + x] += sum;
            }
        }
    }
}
