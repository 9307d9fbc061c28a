using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Finds the values that graphs among a node's attributes use of the graph around them, as the branches of an If do.</summary>
internal static class CapturedValues
{
    /// <summary>More than exporters nest: each level takes stack.</summary>
    private const int MaxDepth = 100;

    /// <summary>The names, each once, in the order of their first use.</summary>
    /// <param name="attributes">The attributes, each encoded as AttributeProto.</param>
    /// <exception cref="InvalidNetworkException">A graph is damaged, or graphs are nested too deep.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<ReadOnlyMemory<byte>> attributes)
    {
        try
        {
            var names = new List<string>();
            foreach (ReadOnlyMemory<byte> attribute in attributes)
            {
                names.AddRange(GraphsOf(attribute).SelectMany(g => OfGraph(g, 1)));
            }

            return [.. names.Distinct(StringComparer.Ordinal)];
        }
        catch (WireFormatException e)
        {
            throw new InvalidNetworkException($"a graph in an attribute is cut short or damaged ({e.Message}); get the file again", e);
        }
    }

    private static List<string> OfGraph(GraphProto graph, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidNetworkException($"graphs in attributes are nested more than {MaxDepth} deep");
        }

        HashSet<string> own =
        [
            "",
            .. graph.Input.Select(i => i.Name),
            .. graph.Initializer.Select(i => i.Name),
            .. graph.Node.SelectMany(n => n.Output),
        ];
        var used = new List<string>();
        foreach (NodeProto node in graph.Node)
        {
            used.AddRange(node.Input);
            foreach (AttributeProto attribute in node.Attribute)
            {
                used.AddRange(GraphsOf(attribute.Bytes).SelectMany(g => OfGraph(g, depth + 1)));
            }
        }

        used.AddRange(graph.Output.Select(o => o.Name));
        return [.. used.Where(name => !own.Contains(name))];
    }

    private static List<GraphProto> GraphsOf(ReadOnlyMemory<byte> attribute)
    {
        var graphs = new List<GraphProto>();
        var reader = new WireReader(attribute);
        while (reader.MoveToField())
        {
            if (reader is { Type: WireType.Bytes, Field: OnnxFields.Attribute.G or OnnxFields.Attribute.Graphs })
            {
                graphs.Add(reader.ReadMessage(new GraphProto()));
            }
            else
            {
                reader.Skip();
            }
        }

        return graphs;
    }
}
