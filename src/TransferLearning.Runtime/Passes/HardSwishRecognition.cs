using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Recognizes hard sigmoid and hard swish (Howard et al., 2019) in the nodes that exporters write for them: clip(x + 3, 0, 6) / 6 becomes
/// HardSigmoid, and x times that HardSwish, in whichever order the division and the product come.
/// </summary>
internal static class HardSwishRecognition
{
    private const float Tolerance = 1e-6f;

    public static Graph Run(Graph graph)
    {
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            if (Recognize(edit, node) is { } recognized && !edit.IsTouched(node))
            {
                edit.Replace(node, recognized);
            }
        }

        return edit.Apply();
    }

    private static Node? Recognize(GraphEdit edit, Node node)
    {
        if (Sixth(edit, node) is { } divided)
        {
            if (ShiftedClipInput(edit, divided) is { } x)
            {
                NodeAttributes sixth = NodeAttributes.None.With("alpha", 1f / 6).With("beta", 0.5f);
                return node with { OperatorName = "HardSigmoid", Inputs = [x], Attributes = sixth };
            }

            return edit.Producer(divided, "Mul") is { } product
                ? Times(product, other => ShiftedClipInput(edit, other)) is { } y ? HardSwish(node, y) : null
                : null;
        }

        return node.OperatorName == "Mul" && Times(node, other => HardSigmoidInput(edit, other)) is { } z ? HardSwish(node, z) : null;
    }

    private static Node HardSwish(Node node, string x) =>
        node with { OperatorName = "HardSwish", Inputs = [x], Attributes = NodeAttributes.None };

    /// <summary>The x of a product of x and a function of x; <paramref name="argument"/> finds x from the function's value.</summary>
    private static string? Times(Node product, Func<string, string?> argument) =>
        argument(product.Inputs[1]) == product.Inputs[0] ? product.Inputs[0]
        : argument(product.Inputs[0]) == product.Inputs[1] ? product.Inputs[1]
        : null;

    /// <summary>The value that a node divides by 6.</summary>
    private static string? Sixth(GraphEdit edit, Node node) => node.OperatorName switch
    {
        "Div" when IsNumber(edit, node.Inputs[1], 6) => node.Inputs[0],
        "Mul" when IsNumber(edit, node.Inputs[1], 1f / 6) => node.Inputs[0],
        "Mul" when IsNumber(edit, node.Inputs[0], 1f / 6) => node.Inputs[1],
        _ => null,
    };

    /// <summary>The x of clip(x + 3, 0, 6).</summary>
    private static string? ShiftedClipInput(GraphEdit edit, string value) =>
        edit.Producer(value, "Clip") is { } clip
        && IsNear(ClipOperator.MinOf(clip, i => edit.Constant(clip.InputOrNull(i))), 0)
        && IsNear(ClipOperator.MaxOf(clip, i => edit.Constant(clip.InputOrNull(i))), 6)
        && edit.Producer(clip.Inputs[0], "Add") is { } shift
            ? IsNumber(edit, shift.Inputs[1], 3) ? shift.Inputs[0] : IsNumber(edit, shift.Inputs[0], 3) ? shift.Inputs[1] : null
            : null;

    /// <summary>The x of clip(x + 3, 0, 6) / 6 in the form of a HardSigmoid.</summary>
    private static string? HardSigmoidInput(GraphEdit edit, string value)
    {
        if (edit.Producer(value, "HardSigmoid") is not { } sigmoid)
        {
            return null;
        }

        (float alpha, float beta) = ActivationOperators.HardSigmoidLine(sigmoid);
        return IsNear(alpha, 1f / 6) && IsNear(beta, 0.5f) ? sigmoid.Inputs[0] : null;
    }

    private static bool IsNumber(GraphEdit edit, string name, float expected) =>
        edit.Constant(name) is { Type: ElementType.Float32, Length: 1 } tensor && IsNear(tensor.Floats[0], expected);

    private static bool IsNear(double? value, float expected) => value is { } number && Math.Abs(number - expected) < Tolerance;
}
