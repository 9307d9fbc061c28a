using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;

namespace TransferLearning.Runtime.Formats.TensorFlow;

/// <summary>Finds the input and the output of a graph whose file does not name them.</summary>
internal static class Endpoints
{
    private const int MaxListed = 12;

    /// <summary>The node that the image is fed to: the given one, or the only placeholder that can be an image.</summary>
    /// <exception cref="InvalidNetworkException">There is none, or more than one.</exception>
    public static TensorFlowNode Input(TensorFlowNetwork network, string? given)
    {
        if (given is not null)
        {
            return network.Find(NodeReference.Parse(given).Name);
        }

        TensorFlowNode[] placeholders = [.. network.Nodes.Where(n => n.OperatorName == "Placeholder" && CanBeImage(n))];
        TensorFlowNode[] candidates = placeholders.Length > 0
            ? placeholders
            : [.. network.Nodes.Where(n => n.OperatorName == "PlaceholderWithDefault" && CanBeImage(n))];
        return candidates switch
        {
            [var only] => only,
            [] => throw new InvalidNetworkException("it has no placeholder for images; name the node that the image is fed to"),
            _ => throw new InvalidNetworkException(
                $"it has more than one placeholder that can be the image: {List(candidates)}; name the one that is"),
        };
    }

    /// <summary>The value to compute: the given one, or the only one that depends on the input and that no node uses.</summary>
    /// <exception cref="InvalidNetworkException">There is none, or more than one.</exception>
    public static NodeReference Output(TensorFlowNetwork network, TensorFlowNode input, string? given)
    {
        if (given is not null)
        {
            var reference = NodeReference.Parse(given);
            return network.Has(reference.Name) ? reference : throw new InvalidNetworkException($"there is no node '{reference.Name}'");
        }

        TensorFlowNode[] ends = [.. Ends(network, input)];
        return ends switch
        {
            [var only] => new NodeReference(only.Name, 0, false),
            [] => throw new InvalidNetworkException($"nothing depends on the input '{input.Name}'; name the value to compute"),
            _ => throw new InvalidNetworkException($"it has more than one output: {List(ends)}; name the value to compute"),
        };
    }

    private static bool CanBeImage(TensorFlowNode node) =>
        node.Type("dtype") is DataType.DtFloat or DataType.DtHalf or DataType.DtDouble or DataType.DtInvalid
        && node.Shape("shape") is null or { UnknownRank: true } or { Dim.Count: 0 or 4 };

    private static IEnumerable<TensorFlowNode> Ends(TensorFlowNetwork network, TensorFlowNode input)
    {
        ILookup<string, TensorFlowNode> users = network.Nodes
            .SelectMany(n => n.Inputs.Select(i => (i.Name, Node: n)))
            .ToLookup(p => p.Name, p => p.Node, StringComparer.Ordinal);
        HashSet<string> reached = [input.Name];
        var open = new Stack<string>(reached);
        while (open.TryPop(out string? name))
        {
            foreach (TensorFlowNode user in users[name].Where(u => reached.Add(u.Name)))
            {
                open.Push(user.Name);
            }
        }

        return network.Nodes.Where(n => n != input && reached.Contains(n.Name) && !users.Contains(n.Name) && !IsSideEffect(n));
    }

    // By these nodes, a training program checks or logs values.
    private static bool IsSideEffect(TensorFlowNode node) =>
        node.OperatorName is "NoOp" or "Assert" or "Print" || node.OperatorName.EndsWith("Summary", StringComparison.Ordinal);

    private static string List(TensorFlowNode[] nodes) =>
        string.Join(", ", nodes.Take(MaxListed).Select(n => $"'{n.Name}'")) + (nodes.Length > MaxListed ? ", ..." : "");
}
