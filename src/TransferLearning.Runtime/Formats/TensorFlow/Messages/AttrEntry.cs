using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>An attribute of a node, with its name.</summary>
internal sealed class AttrEntry : WireMessage
{
    public string Key { get; private set; } = "";

    public AttrValue Value { get; } = new();

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.AttrEntry.Key, WireType.Bytes):
                Key = reader.ReadString();
                return true;
            case (TensorFlowFields.AttrEntry.Value, WireType.Bytes):
                reader.ReadMessage(Value);
                return true;
            default:
                return false;
        }
    }
}
