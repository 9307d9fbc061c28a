using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>A node of a graph.</summary>
internal sealed class NodeDef : WireMessage
{
    public string Name { get; private set; } = "";

    public string Op { get; private set; } = "";

    public List<string> Input { get; } = [];

    public Dictionary<string, AttrValue> Attr { get; } = new(StringComparer.Ordinal);

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.Node.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (TensorFlowFields.Node.Op, WireType.Bytes):
                Op = reader.ReadString();
                return true;
            case (TensorFlowFields.Node.Input, WireType.Bytes):
                Input.Add(reader.ReadString());
                return true;
            case (TensorFlowFields.Node.Attr, WireType.Bytes):
                AttrEntry entry = reader.ReadMessage(new AttrEntry());
                Attr[entry.Key] = entry.Value;
                return true;
            default:
                return false;
        }
    }
}
