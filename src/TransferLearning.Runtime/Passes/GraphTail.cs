using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>Makes one value of a graph its only input, and drops the nodes before it: takes the last layers out of a network.</summary>
internal static class GraphTail
{
    /// <param name="graph">A graph.</param>
    /// <param name="value">A value on which all outputs depend, and besides it on nothing but constants.</param>
    /// <param name="shape">The value's shape.</param>
    /// <exception cref="InvalidNetworkException">The outputs depend on another value beside it.</exception>
    public static Graph From(Graph graph, string value, Shape shape)
    {
        Graph tail = UnusedRemoval.Run(graph with
        {
            Inputs = [new ValueInfo(value, ElementType.Float32, shape)],
            Nodes = [.. graph.Nodes.Where(n => !n.Outputs.Contains(value))],
        });
        HashSet<string> known = [value, .. tail.Initializers.Keys, .. tail.Nodes.SelectMany(n => n.Outputs)];
        string? missing = tail.Nodes.SelectMany(n => n.Inputs).FirstOrDefault(i => i.Length > 0 && !known.Contains(i));
        return missing is null
            ? tail
            : throw new InvalidNetworkException(
                $"the network '{graph.Name}' cannot be divided at '{value}': what follows also depends on '{missing}'");
    }
}
