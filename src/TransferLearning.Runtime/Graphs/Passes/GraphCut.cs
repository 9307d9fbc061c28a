using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs.Passes;

/// <summary>Cuts a graph at a value: what the value depends on stays, and the value becomes the only output.</summary>
internal static class GraphCut
{
    /// <exception cref="InvalidNetworkException">The graph has no such value.</exception>
    public static Graph At(Graph graph, string output)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { output };
        var kept = new List<Node>();
        for (int i = graph.Nodes.Length - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (node.Outputs.Any(needed.Contains))
            {
                kept.Add(node);
                needed.UnionWith(node.Inputs);
            }
        }

        if (!kept.Exists(n => n.Outputs.Contains(output)))
        {
            throw new InvalidNetworkException(
                $"the network '{graph.Name}' computes no value '{output}'; its outputs are {string.Join(", ", graph.Outputs.Select(static o => $"'{o.Name}'"))}");
        }

        kept.Reverse();
        ValueInfo info = graph.Outputs.FirstOrDefault(o => o.Name == output) ?? new ValueInfo(output, ElementType.Float32, new Shape(-1));
        return graph with
        {
            Nodes = [.. kept],
            Outputs = [info],
            Initializers = graph.Initializers.Where(p => needed.Contains(p.Key)).ToImmutableDictionary(StringComparer.Ordinal),
        };
    }
}
