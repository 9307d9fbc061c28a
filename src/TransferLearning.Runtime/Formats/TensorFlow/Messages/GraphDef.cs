using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>A graph: the whole of a frozen file.</summary>
internal sealed class GraphDef : WireMessage
{
    public List<NodeDef> Node { get; } = [];

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.Graph.Node, WireType.Bytes):
                Node.Add(reader.ReadMessage(new NodeDef()));
                return true;
            default:
                return false;
        }
    }
}
