using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Keeps nodes that this runtime does not compute as their file has them, and writes them again, so that another runtime can compute the
/// network.
/// </summary>
internal static class ForeignNodes
{
    /// <summary>The node of a file, with what another runtime needs to compute it.</summary>
    /// <param name="node">The node as it was read.</param>
    /// <param name="proto">The same in the file.</param>
    /// <param name="reason">Why this runtime does not compute it; null for an operator that it does not know, which
    /// <see cref="OperatorSet.Check"/> names.</param>
    public static Node Keep(Node node, NodeProto proto, string? reason)
    {
        ImmutableArray<string> captured = [.. CapturedValues.Of(proto.Attribute.Select(a => a.Bytes))];
        if (proto.IsOfFunction && captured.Length > 0)
        {
            // Within the function, the values had other names.
            return node with { UnsupportedReason = reason };
        }

        return node with
        {
            Inputs = node.Inputs.AddRange(captured),
            UnsupportedReason = reason,
            Foreign = new ForeignNode(
                proto.Domain == OnnxNodes.DefaultDomain ? "" : proto.Domain,
                [.. proto.Attribute.Select(a => (ReadOnlyMemory<byte>)a.Bytes.ToArray())],
                captured),
        };
    }

    /// <summary>
    /// The graph, with each node that is not valid in its operator set as one that this runtime does not compute, but another may.
    /// </summary>
    /// <exception cref="InvalidNetworkException">No runtime could compute a node: its weights cannot be read.</exception>
    public static Graph Mark(Graph graph) => graph with { Nodes = [.. graph.Nodes.Select(n => Mark(n, graph.OpsetVersion))] };

    /// <summary>Writes the attributes and the domain of a node, which are those of its file.</summary>
    public static void Write(ForeignNode foreign, WireWriter target)
    {
        foreach (ReadOnlyMemory<byte> attribute in foreign.Attributes)
        {
            target.WriteBytes(OnnxFields.Node.Attribute, attribute);
        }

        if (foreign.Domain.Length > 0)
        {
            target.WriteString(OnnxFields.Node.Domain, foreign.Domain);
        }
    }

    /// <summary>The domains beside ONNX's own that a network needs, with the versions of their operators.</summary>
    public static ImmutableSortedDictionary<string, long> Domains(Graph graph)
    {
        string[] used = [.. graph.Nodes.Where(n => n.Foreign is not null).Select(n => n.Foreign!.Domain).Distinct()];

        // With all that the file states, as graphs among the attributes may need others.
        return used.Length == 0
            ? ImmutableSortedDictionary<string, long>.Empty
            : graph.Domains.AddRange(used
                .Where(d => d.Length > 0 && !graph.Domains.ContainsKey(d))
                .Select(d => KeyValuePair.Create(d, 1L)));
    }

    /// <summary>
    /// The graph, with nodes that give values the names by which graphs among the attributes use them, where a change has renamed them.
    /// </summary>
    /// <exception cref="InvalidNetworkException">The old name is that of another value by now.</exception>
    public static Graph WithAliases(Graph graph)
    {
        HashSet<string> defined =
            [.. graph.Inputs.Select(i => i.Name), .. graph.Initializers.Keys, .. graph.Nodes.SelectMany(n => n.Outputs)];
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        return graph with { Nodes = [.. graph.Nodes.SelectMany(node => (Node[])[.. Aliases(node, defined, aliases), node])] };
    }

    private static IEnumerable<Node> Aliases(Node node, HashSet<string> defined, Dictionary<string, string> aliases)
    {
        ImmutableArray<string> captured = node.Foreign?.Captured ?? [];
        foreach ((string name, string value) in captured.Zip(node.Inputs.TakeLast(captured.Length)))
        {
            if (name == value || (aliases.TryGetValue(name, out string? known) && known == value))
            {
                continue;
            }

            aliases[name] = value;
            yield return defined.Add(name)
                ? new Node("Identity", name, [value], [name], NodeAttributes.None)
                : throw new InvalidNetworkException(
                    $"the node '{node.DisplayName}' ({node.OperatorName}) has a graph of its own that uses the value '{name}', which was "
                    + "given another form: export the network without control flow, or with its input as [N, 3, H, W]");
        }
    }

    private static Node Mark(Node node, int opset)
    {
        try
        {
            OperatorSet.Check(node, opset);
            return node;
        }
        catch (InvalidNetworkException e) when (node.Foreign is not null)
        {
            return node with { UnsupportedReason = e.Message };
        }
        catch (InvalidNetworkException e) when (node.UnsupportedReason is null)
        {
            return node with
            {
                UnsupportedReason = e.Message,
                Foreign = new ForeignNode("", [.. node.Attributes.Names.Select(n => OnnxNodes.EncodeAttribute(n, node.Attributes[n]))], []),
            };
        }
    }
}
