using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow;

/// <summary>Finds the GraphDef in the bytes of a file: a frozen graph (.pb) is one, a MetaGraphDef (.meta) holds one.</summary>
internal static class TensorFlowFile
{
    /// <exception cref="InvalidNetworkException">The bytes are no graph, or are cut short or damaged.</exception>
    public static GraphDef Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new InvalidNetworkException("the file is empty, not a TensorFlow graph");
        }

        var graph = new GraphDef();
        try
        {
            graph.Merge(MetaGraphContent(bytes) ?? bytes);
        }
        catch (WireFormatException e)
        {
            throw new InvalidNetworkException(
                $"this is not a TensorFlow graph, or it is cut short or damaged ({e.Message}); get the file again", e);
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
    private static ReadOnlyMemory<byte>? MetaGraphContent(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        int firstFields = 0;
        ReadOnlyMemory<byte>? graph = null;
        while (reader.MoveToField())
        {
            bool isMessage = reader.Type == WireType.Bytes;
            if (reader.Field == TensorFlowFields.MetaGraph.MetaInfo && !isMessage)
            {
                throw new InvalidNetworkException(
                    "this seems to be a SavedModel, whose weights are in other files (freeze it into one graph first), or an ONNX model "
                    + "(call it .onnx)");
            }

            firstFields += reader.Field == TensorFlowFields.MetaGraph.MetaInfo ? 1 : 0;
            if (firstFields > 1)
            {
                return null;
            }

            if (reader.Field == TensorFlowFields.MetaGraph.Graph && isMessage)
            {
                graph = reader.ReadBytes();
            }
            else
            {
                reader.Skip();
            }
        }

        return graph;
    }
}
