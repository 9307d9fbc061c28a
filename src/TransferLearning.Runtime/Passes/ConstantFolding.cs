using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Computes the nodes whose results do not depend on the inputs; where the input shapes are known, also those that depend on shapes alone.
/// </summary>
internal static class ConstantFolding
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            string[] outputs = [.. node.Outputs.Where(o => o.Length > 0)];
            if (!outputs.All(o => operands.TryGetValue(o, out Operand? operand) && operand.Value is not null))
            {
                continue;
            }

            foreach (string output in outputs)
            {
                edit.SetConstant(output, operands[output].Value!);
            }

            edit.Replace(node);
        }

        return edit.Apply();
    }
}
