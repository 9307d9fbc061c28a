using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Normalizations over the batch, over neighboring channels, and to probabilities.</summary>
internal static class NormalizationOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("FusedBatchNorm", FusedBatch),
        new("FusedBatchNormV2", FusedBatch),
        new("FusedBatchNormV3", FusedBatch),
        new("BatchNormWithGlobalNormalization", GlobalBatch),
        new("LRN", LocalResponse),
        new("Softmax", call => Softmax(call, "Softmax")),
        new("LogSoftmax", call => Softmax(call, "LogSoftmax")),
    ];

    private static ConvertedValue FusedBatch(OperationCall call)
    {
        if (call.Node.Flag("is_training", true))
        {
            throw call.Error("it is set to training (is_training); export the graph for inference");
        }

        return Batch(call, call.Input(1), call.Input(2), call.Input(3), call.Input(4), call.Node.Float("epsilon", 1e-4f));
    }

    // Inputs x, mean, variance, beta, gamma.
    private static ConvertedValue GlobalBatch(OperationCall call)
    {
        ConvertedValue variance = call.Input(2);
        ConvertedValue scale = call.Node.Flag("scale_after_normalization", true)
            ? call.Input(4)
            : call.OwnConstant("scale", Tensor.Vector([.. Enumerable.Repeat(1f, variance.Shape.Length)]));
        return Batch(call, scale, call.Input(3), call.Input(1), variance, call.Node.Float("variance_epsilon", 1e-3f));
    }

    private static ConvertedValue Batch(
        OperationCall call, ConvertedValue scale, ConvertedValue offset, ConvertedValue mean, ConvertedValue variance, float epsilon) =>
        call.MapResult(call.Emit("BatchNormalization", [call.Map(0), scale, offset, mean, variance], ("epsilon", epsilon)));

    /// <summary>TensorFlow's alpha is a factor of the sum over 2 * depth_radius + 1 channels, ONNX's of their mean.</summary>
    private static ConvertedValue LocalResponse(OperationCall call)
    {
        long size = checked((2 * call.Node.Integer("depth_radius", 5)) + 1);
        return call.MapResult(call.Emit(
            "LRN",
            [call.Map(0)],
            ("size", size),
            ("bias", call.Node.Float("bias", 1)),
            ("alpha", call.Node.Float("alpha", 1) * size),
            ("beta", call.Node.Float("beta", 0.5f))));
    }

    private static ConvertedValue Softmax(OperationCall call, string name)
    {
        ConvertedValue input = call.Input(0);
        return call.Emit(name, [input], ("axis", input.IsChannelsFirst ? 1L : -1)) with { IsChannelsFirst = input.IsChannelsFirst };
    }
}
