using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Makes one value of a graph its only output and drops the nodes that it does not need: takes a backbone out of a classifier.
/// </summary>
internal static class GraphCut
{
    /// <exception cref="InvalidNetworkException">The graph has no such value.</exception>
    public static Graph At(Graph graph, string value)
    {
        ValueInfo? declared = graph.Outputs.FirstOrDefault(o => o.Name == value);
        if (declared is null && !graph.Nodes.Any(n => n.Outputs.Contains(value)))
        {
            string outputs = string.Join(", ", graph.Outputs.Select(o => o.Name));
            throw new InvalidNetworkException(
                $"the network '{graph.Name}' has no value '{value}'; its outputs are {outputs}, and the output of any node can be named");
        }

        // The types are inferred on what is left, as the rest of the network may not suit the chosen batch or size.
        Graph cut = UnusedRemoval.Run(graph with { Outputs = [declared ?? new ValueInfo(value, ElementType.Float32, new Shape(-1))] });
        if (declared is not null)
        {
            return cut;
        }

        TensorType type = FreeShapeInference.Infer(cut)[value];
        return cut with { Outputs = [new ValueInfo(value, type.Element, type.Shape)] };
    }
}
