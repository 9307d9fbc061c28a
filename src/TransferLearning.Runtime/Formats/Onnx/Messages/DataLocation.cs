namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>Where the values of a tensor are, as TensorProto.DataLocation in onnx.proto.</summary>
internal enum DataLocation
{
    Default = 0,
    External = 1,
}
