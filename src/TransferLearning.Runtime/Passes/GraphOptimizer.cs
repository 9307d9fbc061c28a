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
        ChannelShuffleRecognition.Run,
        GeluRecognition.Run,
        LayerNormalizationRecognition.Run,
        ChannelAffineFolding.Run,
        PadFolding.Run,
        UnusedRemoval.Run,
    ];

    // What is learned stays apart: normalization and bias beside the weights.
    private static readonly ImmutableArray<Func<Graph, Graph>> TrainingPasses =
    [
        ConstantFolding.Run,
        GlobalPoolRecognition.Run,
        FlattenNormalization.Run,
        GemmRecognition.Run,
        HardSwishRecognition.Run,
        GeluRecognition.Run,
        LayerNormalizationRecognition.Run,
        PadFolding.Run,
        UnusedRemoval.Run,
    ];

    /// <exception cref="InvalidNetworkException">The nodes do not fit each other.</exception>
    public static Graph Run(Graph graph) => Run(graph, Passes);

    /// <summary>Simplifies a graph as far as its weights can still be trained.</summary>
    /// <exception cref="InvalidNetworkException">The nodes do not fit each other.</exception>
    public static Graph RunForTraining(Graph graph) => Run(graph, TrainingPasses);

    private static Graph Run(Graph graph, ImmutableArray<Func<Graph, Graph>> passes)
    {
        // Each pass makes the graph smaller or simpler, or returns the same graph where it finds nothing, so the loop ends.
        Graph before;
        do
        {
            before = graph;
            graph = passes.Aggregate(graph, (g, pass) => pass(g));
        }
        while (!ReferenceEquals(graph, before));

        return graph;
    }
}
