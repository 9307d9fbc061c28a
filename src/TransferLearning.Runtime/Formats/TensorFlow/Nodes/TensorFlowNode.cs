using System.Collections.Immutable;
using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using Kind = TransferLearning.Runtime.Formats.TensorFlow.Messages.AttrValue.ValueOneofCase;

namespace TransferLearning.Runtime.Formats.TensorFlow.Nodes;

/// <summary>A node of a TensorFlow graph. Immutable.</summary>
internal sealed class TensorFlowNode(NodeDef definition)
{
    public string Name => definition.Name;

    public string OperatorName => definition.Op;

    public ImmutableArray<NodeReference> Inputs { get; } = [.. definition.Input.Select(NodeReference.Parse).Where(i => !i.IsControl)];

    /// <summary>The nodes that only have to run before this one.</summary>
    public ImmutableArray<NodeReference> Controls { get; } = [.. definition.Input.Select(NodeReference.Parse).Where(i => i.IsControl)];

    public long Integer(string name, long otherwise) => Attribute(name, Kind.I)?.I ?? otherwise;

    public float Float(string name, float otherwise) => Attribute(name, Kind.F)?.F ?? otherwise;

    public bool Flag(string name, bool otherwise) => Attribute(name, Kind.B)?.B ?? otherwise;

    public string Text(string name, string otherwise) => Attribute(name, Kind.S)?.S.ToStringUtf8() ?? otherwise;

    public DataType Type(string name) => Attribute(name, Kind.Type)?.Type ?? DataType.DtInvalid;

    /// <summary>A list of integers, or null where the attribute is absent.</summary>
    public ImmutableArray<long>? Integers(string name) =>
        Attribute(name, Kind.List) is { } value ? value.List.I.ToImmutableArray() : null;

    public TensorShapeProto? Shape(string name) => Attribute(name, Kind.Shape)?.Shape;

    public TensorProto Tensor(string name) => Attribute(name, Kind.Tensor)?.Tensor ?? throw Error($"it has no attribute '{name}'");

    public InvalidNetworkException Error(string problem) => new($"the node '{Name}' ({OperatorName}): {problem}");

    private AttrValue? Attribute(string name, Kind kind) =>
        !definition.Attr.TryGetValue(name, out AttrValue? value) ? null
        : value.ValueCase == kind ? value
        : throw Error($"its attribute '{name}' is a {value.ValueCase}, not a {kind}");
}
