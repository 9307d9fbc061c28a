using System.Collections.Immutable;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones.Inspection;

/// <summary>A node of a network that cannot be computed. Immutable.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Node">The node's name, or that of its first output.</param>
/// <param name="Reason">What is not supported.</param>
/// <param name="IsUsed">Whether the features depend on it; true as well where no features were found.</param>
internal sealed record UnsupportedNode(string Operator, string Node, string Reason, bool IsUsed)
{
    /// <summary>All of a network's, in the order of its nodes.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="used">The part that computes the features; null where they were not found.</param>
    public static ImmutableArray<UnsupportedNode> Of(Graph graph, Graph? used)
    {
        HashSet<string>? values = used is null ? null : [.. used.Nodes.SelectMany(n => n.Outputs)];
        return
        [
            .. graph.Nodes
                .Select(node => (Node: node, Reason: ReasonOf(node, graph.OpsetVersion)))
                .Where(n => n.Reason is not null)
                .Select(n => new UnsupportedNode(
                    n.Node.OperatorName, n.Node.DisplayName, n.Reason!, values is null || n.Node.Outputs.Any(values.Contains))),
        ];
    }

    private static string? ReasonOf(Node node, int opset)
    {
        try
        {
            OperatorSet.Check(node, opset);
            return null;
        }
        catch (InvalidNetworkException e)
        {
            return e.Message;
        }
    }
}
