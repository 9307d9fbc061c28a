using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>Replaces every Reshape and Squeeze from [N, ...] to [N, all the rest] by Flatten. Needs known input shapes.</summary>
internal static class FlattenNormalization
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes.Where(n => n.OperatorName is "Reshape" or "Squeeze"))
        {
            if (operands.TryGetValue(node.Inputs[0], out Operand? input)
                && operands.TryGetValue(node.Output, out Operand? output)
                && IsFlattening(input.Type.Shape, output.Type.Shape))
            {
                edit.Replace(node, node with
                {
                    OperatorName = "Flatten",
                    Inputs = [node.Inputs[0]],
                    Attributes = NodeAttributes.None.With("axis", 1L),
                });
            }
        }

        return edit.Apply();
    }

    private static bool IsFlattening(Shape input, Shape output) => input.Rank > 2 && output.Rank == 2 && input[0] == output[0];
}
