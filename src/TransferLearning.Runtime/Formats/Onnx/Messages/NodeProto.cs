using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>A node of a graph or of a function.</summary>
internal sealed class NodeProto : WireMessage
{
    public List<string> Input { get; init; } = [];

    public List<string> Output { get; init; } = [];

    public string Name { get; set; } = "";

    public string OpType { get; set; } = "";

    public List<AttributeProto> Attribute { get; init; } = [];

    public string Domain { get; set; } = "";

    public string Overload { get; set; } = "";

    /// <summary>
    /// Whether the node was one of a function, whose values have other names in the graph than in graphs of its attributes.
    /// </summary>
    public bool IsOfFunction { get; init; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Node.Input, WireType.Bytes):
                Input.Add(reader.ReadString());
                return true;
            case (OnnxFields.Node.Output, WireType.Bytes):
                Output.Add(reader.ReadString());
                return true;
            case (OnnxFields.Node.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (OnnxFields.Node.OpType, WireType.Bytes):
                OpType = reader.ReadString();
                return true;
            case (OnnxFields.Node.Attribute, WireType.Bytes):
                Attribute.Add(AttributeProto.Read(reader.ReadBytes()));
                return true;
            case (OnnxFields.Node.Domain, WireType.Bytes):
                Domain = reader.ReadString();
                return true;
            case (OnnxFields.Node.Overload, WireType.Bytes):
                Overload = reader.ReadString();
                return true;
            default:
                return false;
        }
    }
}
