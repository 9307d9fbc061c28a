using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>A function that a model defines, which its nodes call as an operator.</summary>
internal sealed class FunctionProto : WireMessage
{
    public string Name { get; private set; } = "";

    public List<string> Input { get; } = [];

    public List<string> Output { get; } = [];

    public List<NodeProto> Node { get; } = [];

    public string Domain { get; private set; } = "";

    public List<AttributeProto> AttributeProto { get; } = [];

    public string Overload { get; private set; } = "";

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Function.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (OnnxFields.Function.Input, WireType.Bytes):
                Input.Add(reader.ReadString());
                return true;
            case (OnnxFields.Function.Output, WireType.Bytes):
                Output.Add(reader.ReadString());
                return true;
            case (OnnxFields.Function.Node, WireType.Bytes):
                Node.Add(reader.ReadMessage(new NodeProto()));
                return true;
            case (OnnxFields.Function.Domain, WireType.Bytes):
                Domain = reader.ReadString();
                return true;
            case (OnnxFields.Function.AttributeProto, WireType.Bytes):
                AttributeProto.Add(Messages.AttributeProto.Read(reader.ReadBytes()));
                return true;
            case (OnnxFields.Function.Overload, WireType.Bytes):
                Overload = reader.ReadString();
                return true;
            default:
                return false;
        }
    }
}
