using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using AttributeType = TransferLearning.Runtime.Formats.Onnx.Messages.AttributeProto.Types.AttributeType;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Converts nodes and their attributes from ONNX's messages to <see cref="Node"/> and back.</summary>
internal static class OnnxNodes
{
    public const string DefaultDomain = "ai.onnx";

    /// <summary>Reads a node; one that cannot be computed has the reason in <see cref="Node.UnsupportedReason"/>.</summary>
    public static Node Read(NodeProto proto, ExternalData externalData)
    {
        var node = new Node(proto.OpType, proto.Name, [.. proto.Input], [.. proto.Output], NodeAttributes.None);
        if (proto.Domain.Length > 0 && proto.Domain != DefaultDomain)
        {
            return node with
            {
                UnsupportedReason = $"the node '{node.DisplayName}' uses the operator {proto.OpType} of the domain '{proto.Domain}'; "
                    + "only ONNX's own operators are supported",
            };
        }

        // The attributes of an unknown operator, such as the graphs of control flow, are not needed for its error.
        if (!OperatorSet.Has(proto.OpType))
        {
            return node;
        }

        try
        {
            NodeAttributes attributes = NodeAttributes.None;
            foreach (AttributeProto attribute in proto.Attribute)
            {
                attributes = attributes.With(attribute.Name, ReadValue(attribute, node, externalData));
            }

            return node with { Attributes = attributes };
        }
        catch (InvalidNetworkException e)
        {
            return node with { UnsupportedReason = e.Message };
        }
    }

    public static NodeProto Write(Node node)
    {
        var proto = new NodeProto { Name = node.Name, OpType = node.OperatorName, Input = { node.Inputs }, Output = { node.Outputs } };
        foreach (string name in node.Attributes.Names)
        {
            proto.Attribute.Add(WriteValue(name, node.Attributes[name]));
        }

        return proto;
    }

    private static object ReadValue(AttributeProto attribute, Node node, ExternalData externalData) =>
        TypeOf(attribute) switch
        {
            AttributeType.Float => attribute.F,
            AttributeType.Int => attribute.I,
            AttributeType.String => attribute.S.ToStringUtf8(),
            AttributeType.Tensor when attribute.T is { } tensor => OnnxTensors.Read(
                tensor, $"the attribute '{attribute.Name}' of the node '{node.DisplayName}'", externalData),
            AttributeType.Tensor => throw new InvalidNetworkException(
                $"the attribute '{attribute.Name}' of the node '{node.DisplayName}' is a tensor that is missing"),
            AttributeType.Floats => attribute.Floats.ToImmutableArray(),
            AttributeType.Ints => Integers(attribute),
            AttributeType.Strings => attribute.Strings.Select(s => s.ToStringUtf8()).ToImmutableArray(),
            var type => throw new InvalidNetworkException(
                $"the attribute '{attribute.Name}' of the node '{node.DisplayName}' is of the type {type}, which is not supported"),
        };

    private static ImmutableArray<long> Integers(AttributeProto attribute)
    {
        long[] integers = new long[attribute.Ints.Count];
        attribute.Ints.CopyTo(integers, 0);
        return ImmutableCollectionsMarshal.AsImmutableArray(integers);
    }

    // Files of the format's first versions do not state the type.
    private static AttributeType TypeOf(AttributeProto attribute) => attribute switch
    {
        { HasType: true } => attribute.Type,
        { HasF: true } => AttributeType.Float,
        { HasI: true } => AttributeType.Int,
        { HasS: true } => AttributeType.String,
        { T: not null } => AttributeType.Tensor,
        { Floats.Count: > 0 } => AttributeType.Floats,
        { Strings.Count: > 0 } => AttributeType.Strings,
        _ => AttributeType.Ints,
    };

    private static AttributeProto WriteValue(string name, object value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case float f:
                (proto.Type, proto.F) = (AttributeType.Float, f);
                break;
            case long i:
                (proto.Type, proto.I) = (AttributeType.Int, i);
                break;
            case string s:
                (proto.Type, proto.S) = (AttributeType.String, Google.Protobuf.ByteString.CopyFromUtf8(s));
                break;
            case Tensor t:
                (proto.Type, proto.T) = (AttributeType.Tensor, OnnxTensors.Write(name, t));
                break;
            case ImmutableArray<float> floats:
                proto.Type = AttributeType.Floats;
                proto.Floats.AddRange(floats);
                break;
            case ImmutableArray<long> integers:
                proto.Type = AttributeType.Ints;
                proto.Ints.AddRange(integers);
                break;
            case ImmutableArray<string> texts:
                proto.Type = AttributeType.Strings;
                proto.Strings.AddRange(texts.Select(Google.Protobuf.ByteString.CopyFromUtf8));
                break;
            default:
                throw new ArgumentException($"the attribute '{name}' is a {value.GetType().Name}", nameof(value));
        }

        return proto;
    }
}
