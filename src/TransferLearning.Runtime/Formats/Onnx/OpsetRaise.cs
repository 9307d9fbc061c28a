using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Converts graphs of operator sets 7 to 12 to set 13, which has bfloat16, and int8 with one scale per output channel: attributes that have
/// become inputs are turned into constants.
/// </summary>
internal static class OpsetRaise
{
    /// <exception cref="InvalidNetworkException">The meaning of a node has changed in another way.</exception>
    public static Graph Run(Graph graph)
    {
        var constants = graph.Initializers.ToBuilder();
        ImmutableArray<Node> nodes = [.. graph.Nodes.Select(n => Raise(graph, n, constants))];
        return graph with { OpsetVersion = WeightStorage.MinOpset, Nodes = nodes, Initializers = constants.ToImmutable() };
    }

    private static Node Raise(Graph graph, Node node, ImmutableDictionary<string, Tensor>.Builder constants) => node.OperatorName switch
    {
        "Clip" => Scalars(node, constants, "min", "max"),
        "Squeeze" or "Unsqueeze" or "ReduceSum" => Integers(node, constants, "axes"),
        "Split" => Integers(node, constants, "split"),
        "Pad" when node.Attributes.Has("pads") => Scalars(Integers(node, constants, "pads"), constants, "value"),
        "Dropout" => Scalars(node, constants, "ratio"),
        "BatchNormalization" => node with { Attributes = node.Attributes.Without("spatial") },
        "Softmax" or "LogSoftmax" => LastAxis(graph, node),
        "Upsample" or "Resize" when graph.OpsetVersion < 11 => throw Changed(graph, node),
        "Slice" when node.Attributes.Has("starts") => throw Changed(graph, node),
        _ => node,
    };

    /// <summary>Turns attributes of one float each into inputs after the others; absent ones are omitted.</summary>
    private static Node Scalars(Node node, ImmutableDictionary<string, Tensor>.Builder constants, params ReadOnlySpan<string> names)
    {
        ImmutableArray<string> inputs = node.Inputs;
        NodeAttributes attributes = node.Attributes;
        foreach (string name in names)
        {
            if (attributes.Has(name))
            {
                inputs = inputs.Add($"{node.Output}/{name}");
                constants[inputs[^1]] = Tensor.Scalar(attributes.Float(name, 0));
                attributes = attributes.Without(name);
            }
            else if (inputs.Length == node.Inputs.Length && node.Inputs.Length == 1)
            {
                inputs = inputs.Add("");
            }
        }

        return node with { Inputs = [.. inputs.Reverse().SkipWhile(i => i.Length == 0).Reverse()], Attributes = attributes };
    }

    /// <summary>Turns an attribute of integers into an input after the others.</summary>
    private static Node Integers(Node node, ImmutableDictionary<string, Tensor>.Builder constants, string name)
    {
        if (node.Attributes.Integers(name) is not { } values)
        {
            return node;
        }

        string constant = $"{node.Output}/{name}";
        constants[constant] = Tensor.Vector([.. values]);
        return node with { Inputs = node.Inputs.Add(constant), Attributes = node.Attributes.Without(name) };
    }

    // Up to set 12, a softmax is over all axes from the given one to the last: over one axis if that is the last.
    private static Node LastAxis(Graph graph, Node node)
    {
        int rank = FreeShapeInference.Infer(graph)[node.Inputs[0]].Shape.Rank;
        long axis = SoftmaxOperator.AxisOf(node, graph.OpsetVersion);
        return axis == -1 || axis == rank - 1
            ? node with { Attributes = node.Attributes.With("axis", -1L) }
            : throw Changed(graph, node);
    }

    private static InvalidNetworkException Changed(Graph graph, Node node) => new(
        $"the node '{node.DisplayName}' ({node.OperatorName}) of operator set {graph.OpsetVersion} has another meaning in set "
        + $"{WeightStorage.MinOpset}, which int8 and bfloat16 weights need: save with float16 or float32 weights");
}
