using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Passes;

/// <summary>Removes nodes and initializers that no output depends on. Inputs stay, as callers feed them by name.</summary>
internal static class UnusedRemoval
{
    public static Graph Run(Graph graph)
    {
        HashSet<string> used = [.. graph.Outputs.Select(o => o.Name)];
        var kept = new Stack<Node>();
        foreach (Node node in graph.Nodes.Reverse())
        {
            if (node.Outputs.Any(used.Contains))
            {
                used.UnionWith(node.Inputs);
                kept.Push(node);
            }
        }

        string[] unused = [.. graph.Initializers.Keys.Where(name => !used.Contains(name))];
        return kept.Count == graph.Nodes.Length && unused.Length == 0
            ? graph
            : graph with { Nodes = [.. kept], Initializers = graph.Initializers.RemoveRange(unused) };
    }
}
