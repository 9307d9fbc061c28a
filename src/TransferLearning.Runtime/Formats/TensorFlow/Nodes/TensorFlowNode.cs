using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Messages;

namespace TransferLearning.Runtime.Formats.TensorFlow.Nodes;

/// <summary>A node of a TensorFlow graph. Immutable.</summary>
internal sealed class TensorFlowNode(NodeDef definition)
{
    public string Name => definition.Name;

    public string OperatorName => definition.Op;

    public ImmutableArray<NodeReference> Inputs { get; } = [.. definition.Input.Select(NodeReference.Parse).Where(i => !i.IsControl)];

    /// <summary>The nodes that only have to run before this one.</summary>
    public ImmutableArray<NodeReference> Controls { get; } = [.. definition.Input.Select(NodeReference.Parse).Where(i => i.IsControl)];

    public long Integer(string name, long otherwise) => Attribute(name, AttrKind.I)?.I ?? otherwise;

    public float Float(string name, float otherwise) => Attribute(name, AttrKind.F)?.F ?? otherwise;

    public bool Flag(string name, bool otherwise) => Attribute(name, AttrKind.B)?.B ?? otherwise;

    public string Text(string name, string otherwise) => Attribute(name, AttrKind.S)?.S ?? otherwise;

    public DataType Type(string name) => Attribute(name, AttrKind.Type)?.Type ?? DataType.DtInvalid;

    /// <summary>A list of integers, or null where the attribute is absent.</summary>
    public ImmutableArray<long>? Integers(string name) =>
        Attribute(name, AttrKind.List)?.List is { } list ? [.. list.I.Span] : null;

    public TensorShapeProto? Shape(string name) => Attribute(name, AttrKind.Shape)?.Shape;

    public TensorProto Tensor(string name) => Attribute(name, AttrKind.Tensor)?.Tensor ?? throw Error($"it has no attribute '{name}'");

    public InvalidNetworkException Error(string problem) => new($"the node '{Name}' ({OperatorName}): {problem}");

    private AttrValue? Attribute(string name, AttrKind kind) =>
        !definition.Attr.TryGetValue(name, out AttrValue? value) ? null
        : value.Kind == kind ? value
        : throw Error($"its attribute '{name}' is a {value.Kind}, not a {kind}");
}
