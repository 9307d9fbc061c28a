using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>An input or output of a graph.</summary>
internal sealed class ValueInfoProto : WireMessage
{
    public string Name { get; private set; } = "";

    public TypeProto? Type { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.ValueInfo.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (OnnxFields.ValueInfo.Type, WireType.Bytes):
                Type = reader.ReadMessage(Type ?? new TypeProto());
                return true;
            default:
                return false;
        }
    }
}
