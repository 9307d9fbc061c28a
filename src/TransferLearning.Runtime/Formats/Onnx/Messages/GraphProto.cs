using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>The graph of a model.</summary>
internal sealed class GraphProto : WireMessage
{
    public List<NodeProto> Node { get; } = [];

    public string Name { get; private set; } = "";

    public List<TensorProto> Initializer { get; } = [];

    public List<ValueInfoProto> Input { get; } = [];

    public List<ValueInfoProto> Output { get; } = [];

    /// <summary>The types of inner values, as far as the file states them.</summary>
    public List<ValueInfoProto> ValueInfo { get; } = [];

    /// <summary>Whether there are sparse initializers, which are not supported.</summary>
    public bool HasSparseInitializer { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Graph.Node, WireType.Bytes):
                Node.Add(reader.ReadMessage(new NodeProto()));
                return true;
            case (OnnxFields.Graph.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (OnnxFields.Graph.Initializer, WireType.Bytes):
                Initializer.Add(reader.ReadMessage(new TensorProto()));
                return true;
            case (OnnxFields.Graph.Input, WireType.Bytes):
                Input.Add(reader.ReadMessage(new ValueInfoProto()));
                return true;
            case (OnnxFields.Graph.Output, WireType.Bytes):
                Output.Add(reader.ReadMessage(new ValueInfoProto()));
                return true;
            case (OnnxFields.Graph.ValueInfo, WireType.Bytes):
                ValueInfo.Add(reader.ReadMessage(new ValueInfoProto()));
                return true;
            case (OnnxFields.Graph.SparseInitializer, WireType.Bytes):
                reader.Skip();
                HasSparseInitializer = true;
                return true;
            default:
                return false;
        }
    }
}
