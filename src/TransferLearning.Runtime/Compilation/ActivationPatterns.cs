using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>Recognizes the nodes that compute an <see cref="Activation"/>.</summary>
internal sealed class ActivationPatterns(Graph graph, ConsumerIndex consumers)
{
    /// <summary>The activation that a single node computes; null where it computes none.</summary>
    public Activation? Of(Node node) => node.OperatorName switch
    {
        "Relu" => Activation.Relu,
        "Clip" => ClipOf(node),
        "LeakyRelu" => new Activation(ActivationKind.LeakyRelu, ActivationOperators.LeakyReluSlope(node), 0),
        "Sigmoid" => new Activation(ActivationKind.Sigmoid, 0, 0),
        "Tanh" => new Activation(ActivationKind.Tanh, 0, 0),
        "Erf" => new Activation(ActivationKind.Erf, 0, 0),
        "Gelu" => GeluOf(node),
        "HardSwish" => new Activation(ActivationKind.HardSwish, 0, 0),
        "HardSigmoid" => HardSigmoidOf(node),
        _ => null,
    };

    /// <summary>The activation that is the only reader of a value, with the nodes that compute it; null where there is none.</summary>
    public (Activation Activation, Node[] Nodes)? After(string value)
    {
        if (consumers.Only(value) is { } only)
        {
            return Of(only) is { } activation ? (activation, [only]) : null;
        }

        return consumers.Both(value) is { } both
            ? Swish(value, both.First, both.Second) ?? Swish(value, both.Second, both.First)
            : null;
    }

    /// <summary>Recognizes x * sigmoid(x).</summary>
    private (Activation Activation, Node[] Nodes)? Swish(string value, Node gate, Node product)
    {
        bool fits = product.OperatorName == "Mul" && gate.OperatorName == "Sigmoid" && gate.Inputs is [{ } gated] && gated == value
            && consumers.Only(gate.Output) == product && product.Inputs.Contains(gate.Output);
        return fits ? (new Activation(ActivationKind.Swish, 0, 0), [gate, product]) : null;
    }

    private static Activation GeluOf(Node node) => node.Attributes.Text("approximate", "none") switch
    {
        "none" => new Activation(ActivationKind.Gelu, 0, 0),
        "tanh" => new Activation(ActivationKind.GeluTanh, 0, 0),
        var other => throw new InvalidNetworkException(
            $"the node '{node.DisplayName}' (Gelu): its approximate '{other}' is not one of none, tanh"),
    };

    private static Activation HardSigmoidOf(Node node)
    {
        (float alpha, float beta) = ActivationOperators.HardSigmoidLine(node);
        return new Activation(ActivationKind.HardSigmoid, alpha, beta);
    }

    private Activation? ClipOf(Node node)
    {
        return ClipOperator.MinOf(node, Constant) is { } minimum && ClipOperator.MaxOf(node, Constant) is { } maximum
            ? Activation.Clamp((float)minimum, (float)maximum)
            : null;

        Tensor? Constant(int input) =>
            graph.Initializers.TryGetValue(node.Inputs[input], out Tensor? tensor) && tensor.Type == ElementType.Float32 ? tensor : null;
    }
}
