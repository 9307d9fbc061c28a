using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Compilation;

/// <summary>The nodes that read each value of a graph. Immutable.</summary>
internal sealed class ConsumerIndex
{
    private readonly Dictionary<string, List<Node>> _consumers;
    private readonly string[] _outputs;

    public ConsumerIndex(Graph graph, params string[] outputs)
    {
        (_consumers, _outputs) = (graph.Readers(), outputs);
    }

    public IReadOnlyList<Node> Of(string value) => _consumers.TryGetValue(value, out List<Node>? list) ? list : [];

    /// <summary>Whether a value is an output of the network.</summary>
    public bool IsOutput(string value) => _outputs.Contains(value);

    /// <summary>Whether any node reads a value, or the value is an output of the network.</summary>
    public bool IsRead(string value) => _outputs.Contains(value) || Of(value).Count > 0;

    /// <summary>The only reader of a value; null where it has none or several, or is an output of the network.</summary>
    public Node? Only(string value) => !_outputs.Contains(value) && Of(value) is [{ } only] ? only : null;

    /// <summary>The two readers of a value; null where it has more or fewer, or is an output of the network.</summary>
    public (Node First, Node Second)? Both(string value) =>
        !_outputs.Contains(value) && Of(value) is [{ } a, { } b] && a != b ? (a, b) : null;
}
