using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Features;

/// <summary>The values of a network for one image: their shapes, and the nodes that compute them. Immutable.</summary>
internal sealed class NetworkValues
{
    private const int TriedSize = 224;

    private readonly Graph _graph;
    private readonly Dictionary<string, Node> _makers;
    private readonly IReadOnlyDictionary<string, Operand> _operands;

    /// <param name="graph">The network. Where it leaves the size of the image open, 224 pixels are taken.</param>
    public NetworkValues(Graph graph)
    {
        _graph = graph;
        _makers = graph.Nodes
            .SelectMany(node => node.Outputs.Where(name => name.Length > 0).Select(name => (name, node)))
            .ToDictionary(m => m.name, m => m.node, StringComparer.Ordinal);
        _operands = ShapeInference.InferKnown(graph with { Inputs = [.. graph.Inputs.Select(i => i with { Shape = Known(i.Shape) })] });
    }

    /// <summary>The node that computes a value; null for an input or a constant.</summary>
    public Node? Maker(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The shape of a value; null where it depends on a node that is not supported.</summary>
    public Shape? ShapeOf(string value) => _operands.GetValueOrDefault(value)?.Type.Shape;

    /// <summary>The first input of a node that is not constant; null without one.</summary>
    public string? DataOf(Node node) => node.Inputs.FirstOrDefault(i => i.Length > 0 && !IsConstant(i));

    public bool IsConstant(string value) => _graph.Initializers.ContainsKey(value);

    /// <summary>Whether a value is a map of more than one pixel.</summary>
    public bool IsMap(string value) => ShapeOf(value) is { Rank: 4 } shape && shape[0] == 1 && (shape[2] > 1 || shape[3] > 1);

    /// <summary>Whether a value is a sequence of vectors.</summary>
    public bool IsTokens(string value) => ShapeOf(value) is { Rank: 3 } shape && shape[0] == 1;

    /// <summary>Whether a value is one vector per image.</summary>
    public bool IsVector(string value) => ShapeOf(value) is { Rank: >= 2 } shape && shape[0] == 1 && shape[1] == shape.Length;

    private static Shape Known(Shape shape)
    {
        int[] extents = shape.Dimensions.ToArray();
        for (int axis = 0; axis < extents.Length; axis++)
        {
            int open = axis == 0 ? 1 : TriedSize;
            extents[axis] = extents[axis] > 0 ? extents[axis] : open;
        }

        if (extents.Length == 4 && shape[1] < 0)
        {
            extents[1] = 3;
        }

        return new Shape(extents);
    }
}
