using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Writes what exporters make of hard sigmoid and hard swish (Howard et al., 2019) as these: clip(x + 3, 0, 6) / 6 as HardSigmoid, and x
/// times that as HardSwish, whichever order the division and the product come in.
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

    /// <summary>The x of a product of x and a function of x.</summary>
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
        && IsBound(edit, clip, 1, "min", 0)
        && IsBound(edit, clip, 2, "max", 6)
        && edit.Producer(clip.Inputs[0], "Add") is { } shift
            ? IsNumber(edit, shift.Inputs[1], 3) ? shift.Inputs[0] : IsNumber(edit, shift.Inputs[0], 3) ? shift.Inputs[1] : null
            : null;

    private static string? HardSigmoidInput(GraphEdit edit, string value) =>
        edit.Producer(value, "HardSigmoid") is { } sigmoid
        && Math.Abs(sigmoid.Attributes.Float("alpha", 0.2f) - (1f / 6)) < Tolerance
        && Math.Abs(sigmoid.Attributes.Float("beta", 0.5f) - 0.5f) < Tolerance
            ? sigmoid.Inputs[0]
            : null;

    private static bool IsBound(GraphEdit edit, Node clip, int input, string attribute, float expected) =>
        clip.InputOrNull(input) is { } name ? IsNumber(edit, name, expected) : clip.Attributes.Float(attribute, float.NaN) == expected;

    private static bool IsNumber(GraphEdit edit, string name, float expected) =>
        edit.Constant(name) is { Type: ElementType.Float32, Length: 1 } tensor && Math.Abs(tensor.Floats[0] - expected) < Tolerance;
}
