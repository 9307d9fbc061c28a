using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>The shape of a tensor.</summary>
internal sealed class TensorShapeProto : WireMessage
{
    public List<DimensionProto> Dim { get; } = [];

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.TensorShape.Dim, WireType.Bytes):
                Dim.Add(reader.ReadMessage(new DimensionProto()));
                return true;
            default:
                return false;
        }
    }
}
