namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>A TensorFlow operator and how a node of it is converted into the values of its outputs.</summary>
internal sealed record Operation(string Name, Func<OperationCall, ConvertedValue[]> Convert)
{
    public Operation(string name, Func<OperationCall, ConvertedValue> convert)
        : this(name, call => new[] { convert(call) })
    {
    }
}
