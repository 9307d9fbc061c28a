using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Removes nodes that return an input unchanged: Identity, Dropout that drops nothing, Pad that adds nothing, joins and sums of one input,
/// conversions to the same type, reshapes to the same shape.
/// </summary>
internal static class IdentityRemoval
{
    public static Graph Run(Graph graph)
    {
        IReadOnlyDictionary<string, Operand> operands = ShapeInference.InferKnown(graph);
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            if (IsIdentity(node, operands) && !edit.IsTouched(node) && !edit.IsMoreThanFirstUsed(node))
            {
                Remove(edit, node);
            }
        }

        return edit.Apply();
    }

    private static void Remove(GraphEdit edit, Node node)
    {
        string input = node.Inputs[0];
        if (!edit.IsOutput(node.Output))
        {
            edit.Redirect(node.Output, input);
            edit.Replace(node);
        }
        else if (edit.IsUsedOnce(input) && edit.Producer(input) is { } producer)
        {
            // The graph's output keeps its name: the node before now computes it under that name.
            edit.Replace(producer, producer with { Outputs = [.. producer.Outputs.Select(o => o == input ? node.Output : o)] });
            edit.Replace(node);
        }
    }

    private static bool IsIdentity(Node node, IReadOnlyDictionary<string, Operand> operands) => node.OperatorName switch
    {
        "Identity" => true,
        "Dropout" => DropoutOperator.DropsNothing(node, ConstantIn(operands)),
        "Pad" => PadOperator.KnownAmounts(node, ConstantIn(operands)) is { } pads && pads.All(p => p == 0),
        "Concat" or "Sum" or "Mean" or "Min" or "Max" => node.Inputs.Length == 1,
        "Cast" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Expand" => HasSameType(node, operands),
        _ => false,
    };

    private static Func<string, Tensor?> ConstantIn(IReadOnlyDictionary<string, Operand> operands) =>
        name => operands.GetValueOrDefault(name)?.Value;

    // Of these operators, one that keeps type and shape keeps the values too.
    private static bool HasSameType(Node node, IReadOnlyDictionary<string, Operand> operands) =>
        operands.TryGetValue(node.Inputs[0], out Operand? input)
        && operands.TryGetValue(node.Output, out Operand? output)
        && input.Type == output.Type;
}
