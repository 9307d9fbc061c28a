using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Simplifies a graph without changing what it computes, beyond rounding. The outputs keep their names. Passes that need shapes act only
/// where the input shapes are known: see <see cref="Graph.WithInputShapes"/>.
/// </summary>
internal static class GraphOptimizer
{
    private static readonly ImmutableArray<Func<Graph, Graph>> Passes =
    [
        ConstantFolding.Run,
        IdentityRemoval.Run,
        GlobalPoolRecognition.Run,
        FlattenNormalization.Run,
        GemmRecognition.Run,
        HardSwishRecognition.Run,
        ChannelAffineFolding.Run,
        PadFolding.Run,
        UnusedRemoval.Run,
    ];

    /// <exception cref="InvalidNetworkException">The nodes do not fit each other.</exception>
    public static Graph Run(Graph graph)
    {
        // Each pass makes the graph smaller or simpler, or returns the same graph where it finds nothing, so the loop ends.
        Graph before;
        do
        {
            before = graph;
            graph = Passes.Aggregate(graph, (g, pass) => pass(g));
        }
        while (!ReferenceEquals(graph, before));

        return graph;
    }
}
