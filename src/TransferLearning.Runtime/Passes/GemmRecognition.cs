using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Replaces the product of a matrix and constant weights by Gemm, into which <see cref="ChannelAffineFolding"/> can fold the bias. Needs
/// known input shapes.
/// </summary>
internal static class GemmRecognition
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes.Where(n => n.OperatorName == "MatMul"))
        {
            if (edit.Constant(node.Inputs[1]) is { Shape.Rank: 2 }
                && operands.TryGetValue(node.Inputs[0], out Operand? input)
                && input.Type.Shape.Rank == 2)
            {
                edit.Replace(node, node with { OperatorName = "Gemm" });
            }
        }

        return edit.Apply();
    }
}
