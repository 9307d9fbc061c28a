using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Operators.Reduction;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Replaces reductions over an image's height and width, and pooling windows that cover all of it, by global pooling, followed by Flatten
/// where the reduction drops the axes. Needs known input shapes.
/// </summary>
internal static class GlobalPoolRecognition
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            if (GlobalName(node) is not { } name
                || !node.Inputs.All(i => i.Length == 0 || operands.ContainsKey(i))
                || operands[node.Inputs[0]].Type.Shape.Rank != 4)
            {
                continue;
            }

            var call = new OperatorCall(node, graph.OpsetVersion, [.. node.Inputs.Select(operands.GetValueOrDefault)]);
            if (node.OperatorName is "AveragePool" or "MaxPool")
            {
                (WindowAxis vertical, WindowAxis horizontal) = PoolOperator.WindowOf(node, call.Shape(0));
                if (CoversAll(vertical) && CoversAll(horizontal) && !edit.IsMoreThanFirstUsed(node))
                {
                    edit.Replace(node, new Node(name, node.Name, node.Inputs, [node.Output], NodeAttributes.None));
                }
            }
            else if (ReducedAxes.Of(call) is [2, 3])
            {
                edit.Replace(node, [.. Pooling(node, name)]);
            }
        }

        return edit.Apply();
    }

    private static string? GlobalName(Node node) => node.OperatorName switch
    {
        "ReduceMean" or "AveragePool" => "GlobalAveragePool",
        "ReduceMax" or "MaxPool" => "GlobalMaxPool",
        _ => null,
    };

    private static bool CoversAll(WindowAxis axis) =>
        axis is { Output: 1, Dilation: 1, PadBegin: 0, PadEnd: 0 } && axis.Kernel == axis.Input;

    private static IEnumerable<Node> Pooling(Node node, string name)
    {
        bool keepsAxes = ReducedAxes.AreKept(node);
        string pooled = keepsAxes ? node.Output : $"{node.Output}/pooled";
        yield return new Node(name, node.Name, [node.Inputs[0]], [pooled], NodeAttributes.None);
        if (!keepsAxes)
        {
            yield return new Node("Flatten", $"{node.Name}/flatten", [pooled], [node.Output], NodeAttributes.None.With("axis", 1L));
        }
    }
}
