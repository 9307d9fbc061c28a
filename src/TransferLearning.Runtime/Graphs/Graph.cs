using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs;

/// <summary>
/// A network as its file describes it: nodes in topological order, and initializers (weights and constants) by name. Whatever the file's
/// format, operators are ONNX's and axes NCHW. Immutable: passes return a changed copy.
/// </summary>
internal sealed record Graph
{
    public required string Name { get; init; }

    /// <summary>The version of ONNX's default operator set that the nodes follow.</summary>
    public required int OpsetVersion { get; init; }

    /// <summary>The values that a caller provides; initializers are not among them.</summary>
    public required ImmutableArray<ValueInfo> Inputs { get; init; }

    public required ImmutableArray<ValueInfo> Outputs { get; init; }

    public required ImmutableArray<Node> Nodes { get; init; }

    public required ImmutableDictionary<string, Tensor> Initializers { get; init; }

    /// <summary>The free-form properties of the file (ONNX's metadata_props).</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The program that wrote the file (ONNX's producer_name), such as "pytorch"; empty where the file does not say it.</summary>
    public string Producer { get; init; } = "";

    /// <summary>The versions of the operators of other domains than ONNX's own.</summary>
    public ImmutableSortedDictionary<string, long> Domains { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>
    /// The types of inner values as the file states them, where it has nodes that this runtime does not compute, whose types it cannot
    /// infer either; -1 for an extent that the file leaves open.
    /// </summary>
    public ImmutableDictionary<string, ValueInfo> DeclaredValues { get; init; } = ImmutableDictionary<string, ValueInfo>.Empty;

    /// <summary>Why this runtime does not compute graphs of this operator set; null for one that it knows.</summary>
    public string? UnsupportedOpset { get; init; }

    /// <summary>Why this runtime cannot compute the graph: its operator set, or the first node that it does not compute; null where it
    /// can.</summary>
    public string? UnsupportedReason => UnsupportedOpset ?? Nodes.FirstOrDefault(n => n.UnsupportedReason is not null)?.UnsupportedReason;

    /// <summary>A copy with other declared shapes of some inputs, such as a batch of 1 in place of any batch.</summary>
    public Graph WithInputShapes(IReadOnlyDictionary<string, Shape> shapes) =>
        this with { Inputs = [.. Inputs.Select(i => shapes.TryGetValue(i.Name, out Shape? shape) ? i with { Shape = shape } : i)] };

    /// <summary>The nodes that read each value, in their order; a node that reads a value twice is listed twice.</summary>
    public Dictionary<string, List<Node>> Readers()
    {
        var readers = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (Node node in Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (input.Length == 0)
                {
                    continue;
                }

                if (!readers.TryGetValue(input, out List<Node>? nodes))
                {
                    readers.Add(input, nodes = []);
                }

                nodes.Add(node);
            }
        }

        return readers;
    }
}
