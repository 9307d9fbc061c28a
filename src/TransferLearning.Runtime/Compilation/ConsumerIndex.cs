using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Compilation;

/// <summary>The nodes that read each value of a graph. Immutable.</summary>
internal sealed class ConsumerIndex
{
    private readonly Dictionary<string, List<Node>> _consumers;
    private readonly string _output;

    public ConsumerIndex(Graph graph, string output)
    {
        (_consumers, _output) = (graph.Readers(), output);
    }

    public IReadOnlyList<Node> Of(string value) => _consumers.TryGetValue(value, out List<Node>? list) ? list : [];

    /// <summary>Whether any node reads a value, or the value is the network's output.</summary>
    public bool IsRead(string value) => value == _output || Of(value).Count > 0;

    /// <summary>The only reader of a value; null where it has none or several, or is the network's output.</summary>
    public Node? Only(string value) => value != _output && Of(value) is [{ } only] ? only : null;

    /// <summary>The two readers of a value; null where it has more or fewer, or is the network's output.</summary>
    public (Node First, Node Second)? Both(string value) => value != _output && Of(value) is [{ } a, { } b] && a != b ? (a, b) : null;
}
