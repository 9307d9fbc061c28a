using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Converts graphs of operator sets 1 to 6 to set 7, the first with today's rules of broadcasting. Attributes for the old rules, and those
/// that only saved memory, are removed; an operand along an axis gets the shape that broadcasts there.
/// </summary>
internal static class OpsetUpgrade
{
    public const int Target = 7;

    private static readonly string[] Broadcasting =
        ["Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less", "PRelu", "Gemm"];

    /// <param name="graph">A graph of an operator set before 7.</param>
    /// <exception cref="InvalidNetworkException">A node is set to training, or its operands do not fit.</exception>
    public static Graph Run(Graph graph)
    {
        Graph upgraded = graph with { OpsetVersion = Target, Nodes = [] };
        foreach (Node node in graph.Nodes)
        {
            upgraded = Add(upgraded, WithoutObsoleteAttributes(node));
        }

        return upgraded;
    }

    private static Graph Add(Graph graph, Node node) => node.OperatorName switch
    {
        "Reshape" when node.Attributes.Integers("shape") is { } shape => AddWithConstant(
            graph, node with { Attributes = node.Attributes.Without("shape") }, Tensor.Vector([.. shape])),
        "Pad" when node.Attributes.Integers("paddings") is { } pads => Append(
            graph, node with { Attributes = node.Attributes.Without("paddings").With("pads", pads) }),
        "Concat" when !node.Attributes.Has("axis") => Append(graph, node with { Attributes = node.Attributes.With("axis", 1L) }),
        "Upsample" when node.Attributes.Has("height_scale") => Append(graph, WithScales(node)),
        _ when Broadcasting.Contains(node.OperatorName) => AddBroadcasting(graph, node),
        _ => Append(graph, node),
    };

    private static Node WithoutObsoleteAttributes(Node node)
    {
        if (node.Attributes.Has("is_test") && node.Attributes.Integer("is_test", 0) == 0)
        {
            throw new InvalidNetworkException(
                $"the node '{node.DisplayName}' ({node.OperatorName}) is set to training, which is not supported; "
                + "export the model for inference");
        }

        return node with { Attributes = node.Attributes.Without("is_test").Without("consumed_inputs") };
    }

    private static Node WithScales(Node node)
    {
        NodeAttributes a = node.Attributes;
        ImmutableArray<float> scales = [1, 1, a.Float("height_scale", 1), a.Float("width_scale", 1)];
        return node with { Attributes = a.Without("height_scale").Without("width_scale").With("scales", scales) };
    }

    private static Graph AddBroadcasting(Graph graph, Node node)
    {
        // One slope per channel lies along the axis of the channels, although PRelu has no attribute for the axis.
        long? axis = node.OperatorName == "PRelu" ? 1 : node.Attributes.Has("axis") ? node.Attributes.Integer("axis", 0) : null;
        node = node with { Attributes = node.Attributes.Without("axis").Without("broadcast") };
        if (axis is null || node.Inputs.Length != 2)
        {
            return Append(graph, node);
        }

        IReadOnlyDictionary<string, TensorType> types = FreeShapeInference.InferSupported(graph);
        if (!types.ContainsKey(node.Inputs[0]) || !types.ContainsKey(node.Inputs[1]))
        {
            string reason = $"the node '{node.DisplayName}' ({node.OperatorName}) depends on a node that is not supported";
            return Append(graph, node with { UnsupportedReason = reason });
        }

        (int rank, int own) = (types[node.Inputs[0]].Shape.Rank, types[node.Inputs[1]].Shape.Rank);
        long first = axis < 0 ? axis.Value + rank : axis.Value, behind = rank - first - own;
        bool isSharedSlope = node.OperatorName == "PRelu" && types[node.Inputs[1]].Shape.Length == 1;
        if (behind <= 0 || isSharedSlope)
        {
            return Append(graph, node);
        }

        string shaped = $"{node.Output}/operand";
        ImmutableArray<long> axes = [.. Enumerable.Range(own, (int)behind).Select(a => (long)a)];
        graph = Append(graph, new Node("Unsqueeze", shaped, [node.Inputs[1]], [shaped], NodeAttributes.None.With("axes", axes)));
        return Append(graph, node with { Inputs = [node.Inputs[0], shaped] });
    }

    private static Graph AddWithConstant(Graph graph, Node node, Tensor constant)
    {
        string name = $"{node.Output}/shape";
        return Append(
            graph with { Initializers = graph.Initializers.SetItem(name, constant) },
            node with { Inputs = [node.Inputs[0], name] });
    }

    private static Graph Append(Graph graph, Node node) => graph with { Nodes = graph.Nodes.Add(node) };
}
