using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>Recognizes the nodes that compute an <see cref="Activation"/>.</summary>
internal sealed class ActivationPatterns(Graph graph, ConsumerIndex consumers)
{
    /// <summary>The activation that a single node computes; null where it is none.</summary>
    public Activation? Of(Node node) => node.OperatorName switch
    {
        "Relu" => Activation.Relu,
        "Clip" => ClipOf(node),
        "LeakyRelu" => new Activation(ActivationKind.LeakyRelu, node.Attributes.Float("alpha", 0.01f), 0),
        "Sigmoid" => new Activation(ActivationKind.Sigmoid, 0, 0),
        "Tanh" => new Activation(ActivationKind.Tanh, 0, 0),
        "HardSwish" => new Activation(ActivationKind.HardSwish, 0, 0),
        "HardSigmoid" => new Activation(ActivationKind.HardSigmoid, node.Attributes.Float("alpha", 0.2f), node.Attributes.Float("beta", 0.5f)),
        _ => null,
    };

    /// <summary>The activation that a value goes through and nothing else reads; the nodes that compute it, the last one last.</summary>
    public (Activation Activation, Node[] Nodes)? After(string value)
    {
        if (consumers.Only(value) is { } only)
        {
            return Of(only) is { } activation ? (activation, [only]) : null;
        }

        return consumers.Both(value) is { } both
            ? Gated(value, both.First, both.Second) ?? Gated(value, both.Second, both.First)
            : null;
    }

    /// <summary>x * sigmoid(x) is Swish, x * hardSigmoid(x) with a slope of a sixth is HardSwish.</summary>
    private (Activation Activation, Node[] Nodes)? Gated(string value, Node gate, Node product)
    {
        bool fits = product.OperatorName == "Mul" && gate.Inputs is [{ } gated] && gated == value
            && consumers.Only(gate.Output) == product && product.Inputs.Contains(gate.Output);
        if (!fits)
        {
            return null;
        }

        ActivationKind? kind = Of(gate) switch
        {
            { Kind: ActivationKind.Sigmoid } => ActivationKind.Swish,
            { Kind: ActivationKind.HardSigmoid, B: 0.5f } hard when MathF.Abs(hard.A - (1f / 6)) < 1e-6f => ActivationKind.HardSwish,
            _ => null,
        };
        return kind is { } known ? (new Activation(known, 0, 0), [gate, product]) : null;
    }

    private Activation? ClipOf(Node node)
    {
        return Bound(node, 1, "min", float.NegativeInfinity) is { } minimum && Bound(node, 2, "max", float.PositiveInfinity) is { } maximum
            ? Activation.Clamp(minimum, maximum)
            : null;
    }

    private float? Bound(Node node, int input, string attribute, float otherwise)
    {
        if (node.InputOrNull(input) is not { } name)
        {
            return node.Attributes.Float(attribute, otherwise);
        }

        return graph.Initializers.TryGetValue(name, out Tensor? bound) && bound is { Type: ElementType.Float32, Length: 1 } ? bound.Floats[0] : null;
    }
}
