namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Pooling. Padding does not count: an average is over the elements of the image that the window covers.</summary>
internal static class PoolOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("AvgPool", call => Pool(call, "AveragePool")),
        new("MaxPool", call => Pool(call, "MaxPool")),
    ];

    private static ConvertedValue Pool(OperationCall call, string name)
    {
        List<(string Name, object Value)> attributes = SlidingWindow.Attributes(call);
        attributes.Add(("kernel_shape", SlidingWindow.Spatial(call, "ksize")));
        return call.MapResult(call.Emit(name, [call.Map(0)], [.. attributes]));
    }
}
