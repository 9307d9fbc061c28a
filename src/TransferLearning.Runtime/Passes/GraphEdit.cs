using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>Collects the changes of one pass over a graph and creates the changed copy. Not thread-safe.</summary>
internal sealed class GraphEdit(Graph graph)
{
    private readonly Dictionary<Node, Node[]> _replacements = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Node> _producers = Producers(graph);
    private readonly Dictionary<string, List<Node>> _readers = graph.Readers();
    private readonly HashSet<string> _outputs = [.. graph.Outputs.Select(o => o.Name)];
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, Tensor>.Builder _initializers = graph.Initializers.ToBuilder();
    private bool _changed;

    public bool IsOutput(string value) => _outputs.Contains(value);

    /// <summary>Whether the pass has already changed the node; a further change waits for the next round.</summary>
    public bool IsTouched(Node node) => _replacements.ContainsKey(node);

    public Tensor? Constant(string? value) => value is null ? null : graph.Initializers.GetValueOrDefault(value);

    /// <summary>The untouched node that computes a value, if it is one of the given operators; without operators, whatever it is.</summary>
    public Node? Producer(string? value, params ReadOnlySpan<string> operators) =>
        value is not null && _producers.TryGetValue(value, out Node? node) && !IsTouched(node)
            && (operators.IsEmpty || operators.Contains(node.OperatorName))
            ? node
            : null;

    /// <summary>Whether a single node reads the value and it is no output: nothing else changes when it is removed.</summary>
    public bool IsUsedOnce(string value) => !IsOutput(value) && _readers.TryGetValue(value, out List<Node>? readers)
        && readers.TrueForAll(n => ReferenceEquals(n, readers[0]));

    /// <summary>Whether anything reads an output of a node other than its first: a mask, positions or statistics.</summary>
    public bool IsMoreThanFirstUsed(Node node) => node.Outputs.Skip(1).Any(o => o.Length > 0 && (IsOutput(o) || _readers.ContainsKey(o)));

    /// <summary>Replaces a node by others, or removes it where there are none.</summary>
    public void Replace(Node node, params Node[] replacements)
    {
        _replacements.Add(node, replacements);
        _changed = true;
    }

    /// <summary>Makes all readers of a value read another one.</summary>
    public void Redirect(string from, string to)
    {
        _renamed[from] = to;
        _changed = true;
    }

    /// <summary>Adds a constant under a name derived from a value's, and returns the name.</summary>
    public string AddConstant(string value, string role, Tensor tensor)
    {
        string name = $"{value}/{role}";
        for (int i = 2; _initializers.ContainsKey(name) || _producers.ContainsKey(name); i++)
        {
            name = $"{value}/{role}{i}";
        }

        SetConstant(name, tensor);
        return name;
    }

    public void SetConstant(string name, Tensor tensor)
    {
        _initializers[name] = tensor;
        _changed = true;
    }


    /// <summary>The changed copy, or the graph itself where nothing changed.</summary>
    public Graph Apply() => !_changed
        ? graph
        : graph with
        {
            Nodes = [.. graph.Nodes.SelectMany(n => _replacements.TryGetValue(n, out Node[]? r) ? r : [n]).Select(Rename)],
            Initializers = _initializers.ToImmutable(),
        };

    private static Dictionary<string, Node> Producers(Graph graph)
    {
        var producers = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                producers[output] = node;
            }
        }

        return producers;
    }

    private Node Rename(Node node) => node.Inputs.Any(_renamed.ContainsKey)
        ? node with { Inputs = [.. node.Inputs.Select(Resolve)] }
        : node;

    private string Resolve(string value)
    {
        while (_renamed.TryGetValue(value, out string? next))
        {
            value = next;
        }

        return value;
    }
}
