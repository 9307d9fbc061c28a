using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Recognizes GELU (Hendrycks and Gimpel, 2016) in the nodes that exporters write for it before operator set 20: the product, in any order,
/// of x, 1/2, and 1 + erf(x / sqrt(2)) or 1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)).
/// </summary>
internal static class GeluRecognition
{
    /// <summary>The relative difference by which a constant may differ, as exporters round them to float32.</summary>
    private const double Tolerance = 1e-4;

    public static Graph Run(Graph graph)
    {
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            if (node.OperatorName == "Mul" && !edit.IsTouched(node) && Recognize(edit, node) is { } gelu)
            {
                edit.Replace(node, gelu);
            }
        }

        return edit.Apply();
    }

    private static Node? Recognize(GraphEdit edit, Node product)
    {
        // The product of three factors is two nodes, of which the first has any two of them.
        foreach ((string inner, string outer) in new[] { (product.Inputs[0], product.Inputs[1]), (product.Inputs[1], product.Inputs[0]) })
        {
            if (edit.Producer(inner, "Mul") is not { } first || !edit.IsUsedOnce(inner))
            {
                continue;
            }

            string[] factors = [first.Inputs[0], first.Inputs[1], outer];
            int half = Array.FindIndex(factors, f => IsNumber(edit, f, 0.5));
            if (half < 0)
            {
                continue;
            }

            string a = factors[(half + 1) % 3], b = factors[(half + 2) % 3];
            if ((Gate(edit, a, b) ?? Gate(edit, b, a)) is { } approximation)
            {
                string x = Gate(edit, a, b) is null ? a : b;
                return product with
                {
                    OperatorName = "Gelu",
                    Inputs = [x],
                    Attributes = NodeAttributes.None.With("approximate", approximation),
                };
            }
        }

        return null;
    }

    /// <summary>Which approximation of GELU a value is the gate of, for a value x; null where it is none.</summary>
    private static string? Gate(GraphEdit edit, string gate, string x)
    {
        if (edit.Producer(gate, "Add") is not { } sum || Other(sum, n => IsNumber(edit, n, 1)) is not { } function)
        {
            return null;
        }

        if (edit.Producer(function, "Erf") is { } erf)
        {
            return IsTimes(edit, erf.Inputs[0], x, 1 / Math.Sqrt(2)) ? "none" : null;
        }

        return edit.Producer(function, "Tanh") is { } tanh && IsTanhArgument(edit, tanh.Inputs[0], x) ? "tanh" : null;
    }

    /// <summary>Whether a value is sqrt(2 / pi) (x + 0.044715 x^3).</summary>
    private static bool IsTanhArgument(GraphEdit edit, string value, string x) =>
        edit.Producer(value, "Mul") is { } product
        && Other(product, n => IsNumber(edit, n, Math.Sqrt(2 / Math.PI))) is { } polynomial
        && edit.Producer(polynomial, "Add") is { } sum
        && Other(sum, n => n == x) is { } term
        && edit.Producer(term, "Mul") is { } scaled
        && Other(scaled, n => IsNumber(edit, n, 0.044715)) is { } cube
        && IsCube(edit, cube, x);

    private static bool IsCube(GraphEdit edit, string value, string x) =>
        (edit.Producer(value, "Pow") is { } power && power.Inputs[0] == x && IsNumber(edit, power.Inputs[1], 3))
        || (edit.Producer(value, "Mul") is { } product && Other(product, n => n == x) is { } square
            && edit.Producer(square, "Mul") is { } inner && inner.Inputs[0] == x && inner.Inputs[1] == x);

    /// <summary>Whether a value is x times a number, or x divided by its inverse.</summary>
    private static bool IsTimes(GraphEdit edit, string value, string x, double number) => edit.Producer(value, "Mul", "Div") is { } node
        && (node.OperatorName == "Div"
            ? node.Inputs[0] == x && IsNumber(edit, node.Inputs[1], 1 / number)
            : Other(node, n => IsNumber(edit, n, number)) == x);

    /// <summary>The other input of a node of two, where one is as asked for.</summary>
    private static string? Other(Node node, Func<string, bool> isOne) =>
        node.Inputs.Length != 2 ? null : isOne(node.Inputs[1]) ? node.Inputs[0] : isOne(node.Inputs[0]) ? node.Inputs[1] : null;

    private static bool IsNumber(GraphEdit edit, string name, double expected) =>
        edit.Constant(name) is { Type: ElementType.Float32, Length: 1 } tensor
        && Math.Abs(tensor.Floats[0] - expected) < Tolerance * expected;
}
