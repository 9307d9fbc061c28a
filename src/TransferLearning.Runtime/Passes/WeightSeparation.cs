using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Gives weights that a file stores once, as they were equal, to each of their readers: exporters write an Identity for each further
/// reader. Training may change one and not the other.
/// </summary>
internal static class WeightSeparation
{
    public static Graph Run(Graph graph)
    {
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            if (node.OperatorName == "Identity" && !edit.IsOutput(node.Output) && edit.Constant(node.Inputs[0]) is { } weights)
            {
                edit.SetConstant(node.Output, weights);
                edit.Replace(node);
            }
        }

        return edit.Apply();
    }
}
