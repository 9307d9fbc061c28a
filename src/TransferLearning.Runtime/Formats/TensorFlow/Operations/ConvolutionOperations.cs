using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Convolutions and matrix products.</summary>
internal static class ConvolutionOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("Conv2D", Convolution),
        new("DepthwiseConv2dNative", Depthwise),
        new("MatMul", MatrixProduct),
    ];

    /// <summary>Weights [H, W, C / groups, M] become [M, C / groups, H, W].</summary>
    private static ConvertedValue Convolution(OperationCall call)
    {
        Tensor weights = Weights(call);
        ConvertedValue input = call.Map(0);
        int channels = input.Operand.Type.Shape[1];
        int perGroup = weights.Shape[2];
        if (perGroup == 0 || channels % perGroup != 0)
        {
            throw call.Error($"its weights {weights.Shape} do not fit an input of {channels} channels");
        }

        return Convolve(call, input, TransposeOperator.Transpose(weights, [3, 2, 0, 1]), channels / perGroup);
    }

    /// <summary>Weights [H, W, C, M] with M outputs per channel become [C * M, 1, H, W] in C groups.</summary>
    private static ConvertedValue Depthwise(OperationCall call)
    {
        Tensor weights = Weights(call);
        (int height, int width, int channels, int multiplier) = (weights.Shape[0], weights.Shape[1], weights.Shape[2], weights.Shape[3]);
        Tensor reordered = TransposeOperator.Transpose(weights, [2, 3, 0, 1]).Reshape(new Shape(channels * multiplier, 1, height, width));
        return Convolve(call, call.Map(0), reordered, channels);
    }

    private static Tensor Weights(OperationCall call) => call.Constant(1) is { Shape.Rank: 4, Type: ElementType.Float32 } weights
        ? weights
        : throw call.Error($"its weights {TensorType.Of(call.Constant(1))} are not Float32 [H, W, C, M]");

    private static ConvertedValue Convolve(OperationCall call, ConvertedValue input, Tensor weights, int groups)
    {
        List<(string Name, object Value)> attributes = SlidingWindow.Attributes(call);
        attributes.Add(("group", (long)groups));
        return call.MapResult(call.Emit("Conv", [input, call.OwnConstant("weights", weights)], [.. attributes]));
    }

    private static ConvertedValue MatrixProduct(OperationCall call)
    {
        bool transposesA = call.Node.Flag("transpose_a", false);
        bool transposesB = call.Node.Flag("transpose_b", false);
        if (!transposesA && call.Input(0).ListedMap is { } map && call.Input(1).Constant is { Shape.Rank: 2 } weights)
        {
            return OfMap(call, map, transposesB ? TransposeOperator.Transpose(weights, [1, 0]) : weights);
        }

        ConvertedValue[] inputs = [call.Graph.AsDeclared(call.Input(0)), call.Graph.AsDeclared(call.Input(1))];
        return call.Emit("Gemm", inputs, ("transA", transposesA ? 1L : 0), ("transB", transposesB ? 1L : 0));
    }

    /// <summary>
    /// Multiplies a flattened feature map. TensorFlow flattens it pixel by pixel, our graph channel by channel, so the rows of the weights
    /// are reordered.
    /// </summary>
    private static ConvertedValue OfMap(OperationCall call, ConvertedValue map, Tensor weights)
    {
        Shape shape = map.Shape;
        if (weights.Shape[0] != shape[1] * shape[2] * shape[3])
        {
            throw call.Error($"its weights {weights.Shape} do not fit a feature map {shape}");
        }

        Tensor byPixel = weights.Reshape(new Shape(shape[1], shape[2], shape[3], weights.Shape[1]));
        Tensor byChannel = TransposeOperator.Transpose(byPixel, [2, 0, 1, 3]).Reshape(weights.Shape);
        ConvertedValue vector = call.EmitPart("vector", "Flatten", [map], ("axis", 1L));
        return call.Emit("Gemm", [vector, call.OwnConstant("weights", byChannel)]);
    }
}
