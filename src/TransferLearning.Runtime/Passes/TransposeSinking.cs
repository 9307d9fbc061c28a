using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Moves each Transpose behind arithmetic with constants and functions of single elements, and joins it with a Transpose that follows: two
/// that cancel each other disappear. Arithmetic before an NHWC network's first convolution thus becomes arithmetic on NCHW.
/// </summary>
internal static class TransposeSinking
{
    private static readonly ImmutableArray<string> Functions = ["Cast", "Clip", "Identity", "Neg", "Relu", "Sigmoid", "Tanh"];
    private static readonly ImmutableArray<string> Arithmetic = ["Add", "Sub", "Mul", "Div"];

    public static Graph Run(Graph graph)
    {
        // Each round brings a Transpose nearer to the end, or removes one.
        Graph before;
        do
        {
            before = graph;
            graph = UnusedRemoval.Run(Sink(graph));
        }
        while (!ReferenceEquals(graph, before));

        return graph;
    }

    private static Graph Sink(Graph graph)
    {
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (!edit.IsTouched(node) && edit.Producer(input, "Transpose") is { } transpose && Order(transpose) is { } order)
                {
                    Move(edit, transpose, order, node);
                }
            }
        }

        return edit.Apply();
    }

    private static void Move(GraphEdit edit, Node transpose, int[] order, Node node)
    {
        string source = transpose.Inputs[0];
        if (node.OperatorName == "Transpose" && Order(node) is { } second && second.Length == order.Length)
        {
            int[] both = [.. second.Select(axis => order[axis])];
            if (!both.SequenceEqual(Enumerable.Range(0, both.Length)))
            {
                edit.Replace(node, Transposed(node, source, node.Output, both));
            }
            else if (edit.IsOutput(node.Output))
            {
                edit.Replace(node, new Node("Identity", node.Name, [source], [node.Output], NodeAttributes.None));
            }
            else
            {
                edit.Redirect(node.Output, source);
                edit.Replace(node);
            }
        }
        else if (edit.IsUsedOnce(transpose.Output) && Swapped(edit, transpose, order, node) is { } moved)
        {
            edit.Replace(transpose);
            edit.Replace(node, moved, Transposed(transpose, moved.Output, node.Output, order));
        }
    }

    /// <summary>The node on the value before the Transpose; null where it does not allow that.</summary>
    private static Node? Swapped(GraphEdit edit, Node transpose, int[] order, Node node)
    {
        int index = node.Inputs.IndexOf(transpose.Output);
        Node swapped = node with
        {
            Inputs = node.Inputs.SetItem(index, transpose.Inputs[0]),
            Outputs = [$"{node.Output}/transposed"],
        };
        if (Functions.Contains(node.OperatorName))
        {
            return index == 0 ? swapped : null;
        }

        if (!Arithmetic.Contains(node.OperatorName)
            || edit.Constant(node.Inputs[1 - index]) is not { } constant || constant.Shape.Rank > order.Length)
        {
            return null;
        }

        int[] inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
        {
            inverse[order[axis]] = axis;
        }

        // The constant gets the value's axes: those that it lacks are the first.
        var shape = new Shape([.. Enumerable.Repeat(1, order.Length - constant.Shape.Rank), .. constant.Shape.Dimensions]);
        Tensor reordered = TransposeOperator.Transpose(constant.Reshape(shape), inverse);
        string name = edit.AddConstant(node.Output, "reordered", reordered);
        return swapped with { Inputs = swapped.Inputs.SetItem(1 - index, name) };
    }

    private static Node Transposed(Node transpose, string from, string to, int[] order) => transpose with
    {
        Inputs = [from],
        Outputs = [to],
        Attributes = NodeAttributes.None.With("perm", order.Select(axis => (long)axis).ToImmutableArray()),
    };

    /// <summary>The order that a node states; null without one, or where it is not an order.</summary>
    private static int[]? Order(Node transpose)
    {
        int[]? order = transpose.Attributes.Extents("perm");
        return order is not null && order.Order().SequenceEqual(Enumerable.Range(0, order.Length)) ? order : null;
    }
}
