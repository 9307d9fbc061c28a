using Google.Protobuf;
using TransferLearning.Runtime.Formats.TensorFlow.Messages;

namespace TransferLearning.Runtime.Formats.TensorFlow;

/// <summary>Finds the GraphDef in the bytes of a file: a frozen graph (.pb) is one, a MetaGraphDef (.meta) holds one.</summary>
internal static class TensorFlowFile
{
    // The numbers of the fields whose wire types and counts tell apart the messages that a file can be.
    private const int FirstField = 1;
    private const int SecondField = 2;

    /// <exception cref="InvalidNetworkException">The bytes are no graph, or are cut short or damaged.</exception>
    public static GraphDef Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new InvalidNetworkException("the file is empty, not a TensorFlow graph");
        }

        GraphDef graph;
        try
        {
            byte[] content = bytes.ToArray();
            graph = GraphDef.Parser.ParseFrom(MetaGraphContent(content) ?? ByteString.CopyFrom(content));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidNetworkException("this is not a TensorFlow graph, or it is cut short or damaged; get the file again", e);
        }

        return graph.Node.Count > 0 && graph.Node.All(n => n.Name.Length > 0 && n.Op.Length > 0)
            ? graph
            : throw new InvalidNetworkException(
                "this is not a TensorFlow graph (it has no nodes, or nodes without a name), or it is damaged");
    }

    /// <summary>
    /// The GraphDef inside a MetaGraphDef; null where the file is a GraphDef itself. A MetaGraphDef has at most one field 1 (what the graph
    /// is) and one field 2 (the graph); a GraphDef repeats field 1 for each of its nodes.
    /// </summary>
    private static ByteString? MetaGraphContent(byte[] bytes)
    {
        using var input = new CodedInputStream(bytes);
        int firstFields = 0;
        ByteString? second = null;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            int field = WireFormat.GetTagFieldNumber(tag);
            bool isMessage = WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
            if (field == FirstField && !isMessage)
            {
                throw new InvalidNetworkException(
                    "this seems to be a SavedModel, whose weights are in other files (freeze it into one graph first), or an ONNX model "
                    + "(call it .onnx)");
            }

            firstFields += field == FirstField ? 1 : 0;
            if (firstFields > 1)
            {
                return null;
            }

            if (field == SecondField && isMessage)
            {
                second = input.ReadBytes();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return second;
    }
}
