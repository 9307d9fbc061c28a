using TransferLearning.Runtime.Formats.Onnx.Messages;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// Replaces calls of functions that a model defines (format version 8 on, as PyTorch's newer exporter writes) by the nodes of the function.
/// </summary>
/// <remarks>
/// A function may state another version of ONNX's operators than the model. The format allows that only where its operators mean the same
/// in both, so the nodes are read as of the model's version.
/// </remarks>
internal static class FunctionInlining
{
    /// <summary>More than any network has: functions that call others can describe any number of nodes and calls in a short file.</summary>
    private const int MaxNodesAndCalls = 1_000_000;

    /// <summary>More than exporters nest: each level takes stack.</summary>
    private const int MaxDepth = 200;

    /// <returns>The nodes of the model's graph, in order, without calls.</returns>
    /// <exception cref="InvalidNetworkException">A function calls itself, or a call does not fit its function.</exception>
    public static IReadOnlyList<NodeProto> Run(ModelProto model)
    {
        if (model.Functions.Count == 0)
        {
            return model.Graph!.Node;
        }

        var functions = new Dictionary<(string, string, string), FunctionProto>();
        foreach (FunctionProto function in model.Functions)
        {
            functions[(Domain(function.Domain), function.Name, function.Overload)] = function;
        }

        List<NodeProto> nodes = [];
        int calls = 0;

        HashSet<FunctionProto> callers = [];
        foreach (NodeProto node in model.Graph!.Node)
        {
            Add(node, functions, callers, nodes, ref calls);
        }

        return nodes;
    }

    private static void Add(
        NodeProto node,
        Dictionary<(string, string, string), FunctionProto> functions,
        HashSet<FunctionProto> callers,
        List<NodeProto> nodes,
        ref int calls)
    {
        if (!functions.TryGetValue((Domain(node.Domain), node.OpType, node.Overload), out FunctionProto? function))
        {
            nodes.Add(node);
            return;
        }

        string title = $"the node '{(node.Name.Length > 0 ? node.Name : node.OpType)}', a call of the function '{function.Name}'";
        if (!callers.Add(function))
        {
            throw new InvalidNetworkException($"{title}, is within that function");
        }

        if (callers.Count > MaxDepth || nodes.Count + ++calls > MaxNodesAndCalls)
        {
            throw new InvalidNetworkException(
                $"{title}, is more than {MaxDepth} functions deep, or the network has more than {MaxNodesAndCalls} nodes and calls");
        }

        if (node.Input.Count > function.Input.Count || node.Output.Count > function.Output.Count || node.Output.All(o => o.Length == 0))
        {
            throw new InvalidNetworkException(
                $"{title}, has {node.Input.Count} inputs and {node.Output.Count(o => o.Length > 0)} outputs with a name, but the function "
                + $"has {function.Input.Count} inputs and {function.Output.Count} outputs, of which a call uses one or more");
        }

        foreach (NodeProto inner in Body(node, function))
        {
            Add(inner, functions, callers, nodes, ref calls);
        }

        callers.Remove(function);
    }

    /// <summary>The nodes of a function for one call, with the call's values and attributes, and inner values of their own.</summary>
    private static IEnumerable<NodeProto> Body(NodeProto call, FunctionProto function)
    {
        string prefix = $"{call.Output.First(o => o.Length > 0)}::{function.Name}::";
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" };
        for (int i = 0; i < function.Input.Count; i++)
        {
            names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
        }

        // A function may return one of its inputs, or one value twice.
        List<NodeProto> copies = [];
        for (int i = 0; i < call.Output.Count; i++)
        {
            if (call.Output[i].Length > 0 && !names.TryAdd(function.Output[i], call.Output[i]))
            {
                copies.Add(new NodeProto { OpType = "Identity", Input = { names[function.Output[i]] }, Output = { call.Output[i] } });
            }
        }

        foreach (NodeProto node in function.Node)
        {
            var copy = new NodeProto { OpType = node.OpType, Domain = node.Domain, Overload = node.Overload, IsOfFunction = true };
            copy.Name = node.Name.Length > 0 ? $"{prefix}{node.Name}" : "";
            copy.Input.AddRange(node.Input.Select(Renamed));
            copy.Output.AddRange(node.Output.Select(Renamed));
            copy.Attribute.AddRange(node.Attribute.Select(a => Resolve(a, call, function)).OfType<AttributeProto>());
            yield return copy;
        }

        foreach (NodeProto copy in copies)
        {
            yield return copy;
        }

        string Renamed(string name) => names.GetValueOrDefault(name) ?? $"{prefix}{name}";
    }

    /// <summary>An attribute of a node in a function; null for a reference to an attribute that the call leaves out.</summary>
    private static AttributeProto? Resolve(AttributeProto attribute, NodeProto call, FunctionProto function)
    {
        if (attribute.RefAttrName.Length == 0)
        {
            return attribute;
        }

        AttributeProto? given = call.Attribute.FirstOrDefault(a => a.Name == attribute.RefAttrName)
            ?? function.AttributeProto.FirstOrDefault(a => a.Name == attribute.RefAttrName);
        return given?.WithName(attribute.Name);
    }

    private static string Domain(string domain) => domain == OnnxNodes.DefaultDomain ? "" : domain;
}
