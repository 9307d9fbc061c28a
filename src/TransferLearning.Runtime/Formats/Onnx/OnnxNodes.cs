using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

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
            return ForeignNodes.Keep(
                node,
                proto,
                $"the node '{node.DisplayName}' uses the operator {proto.OpType} of the domain '{proto.Domain}'; only ONNX's own operators "
                + "are supported");
        }

        if (!OperatorSet.Has(proto.OpType))
        {
            return ForeignNodes.Keep(node, proto, reason: null);
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
            return ForeignNodes.Keep(node, proto, e.Message);
        }
    }

    /// <summary>The node as a NodeProto.</summary>
    public static WireWriter Write(Node node)
    {
        var written = new WireWriter();
        foreach (string input in node.Inputs.Take(node.Inputs.Length - (node.Foreign?.Captured.Length ?? 0)))
        {
            written.WriteString(OnnxFields.Node.Input, input);
        }

        foreach (string output in node.Outputs)
        {
            written.WriteString(OnnxFields.Node.Output, output);
        }

        written.WriteString(OnnxFields.Node.Name, node.Name);
        written.WriteString(OnnxFields.Node.OpType, node.OperatorName);
        if (node.Foreign is { } foreign)
        {
            ForeignNodes.Write(foreign, written);
            return written;
        }

        foreach (string name in node.Attributes.Names)
        {
            written.WriteMessage(OnnxFields.Node.Attribute, WriteAttribute(name, node.Attributes[name]));
        }

        return written;
    }

    /// <summary>An attribute as the bytes of an AttributeProto.</summary>
    public static ReadOnlyMemory<byte> EncodeAttribute(string name, object value)
    {
        using var bytes = new MemoryStream();
        WriteAttribute(name, value).WriteTo(bytes);
        return bytes.ToArray();
    }

    private static object ReadValue(AttributeProto attribute, Node node, ExternalData externalData) =>
        TypeOf(attribute) switch
        {
            AttributeType.Float => attribute.F ?? 0,
            AttributeType.Int => attribute.I ?? 0,
            AttributeType.String => attribute.S ?? "",
            AttributeType.Tensor when attribute.T is { } tensor => OnnxTensors.Read(
                tensor, $"the attribute '{attribute.Name}' of the node '{node.DisplayName}'", externalData),
            AttributeType.Tensor => throw new InvalidNetworkException(
                $"the attribute '{attribute.Name}' of the node '{node.DisplayName}' is a tensor that is missing"),
            AttributeType.Floats => ImmutableCollectionsMarshal.AsImmutableArray(attribute.Floats.ToArray()),
            AttributeType.Ints => ImmutableCollectionsMarshal.AsImmutableArray(attribute.Ints.ToArray()),
            AttributeType.Strings => attribute.Strings.ToImmutableArray(),
            var type => throw new InvalidNetworkException(
                $"the attribute '{attribute.Name}' of the node '{node.DisplayName}' is of the type {type}, which is not supported"),
        };

    // Files of the format's first versions do not state the type.
    private static AttributeType TypeOf(AttributeProto attribute) => attribute switch
    {
        { Type: { } type } => type,
        { F: not null } => AttributeType.Float,
        { I: not null } => AttributeType.Int,
        { S: not null } => AttributeType.String,
        { T: not null } => AttributeType.Tensor,
        { Floats.Count: > 0 } => AttributeType.Floats,
        { Strings.Count: > 0 } => AttributeType.Strings,
        _ => AttributeType.Ints,
    };

    private static WireWriter WriteAttribute(string name, object value)
    {
        var written = new WireWriter();
        written.WriteString(OnnxFields.Attribute.Name, name);
        written.WriteInt64(OnnxFields.Attribute.Type, (int)WriteValue(written, name, value));
        return written;
    }

    /// <summary>Writes the value of an attribute, and returns its type.</summary>
    private static AttributeType WriteValue(WireWriter target, string name, object value)
    {
        switch (value)
        {
            case float f:
                target.WriteSingle(OnnxFields.Attribute.F, f);
                return AttributeType.Float;
            case long i:
                target.WriteInt64(OnnxFields.Attribute.I, i);
                return AttributeType.Int;
            case string s:
                target.WriteString(OnnxFields.Attribute.S, s);
                return AttributeType.String;
            case Tensor t:
                target.WriteMessage(OnnxFields.Attribute.T, OnnxTensors.Write(name, t));
                return AttributeType.Tensor;
            case ImmutableArray<float> floats:
                foreach (float f in floats)
                {
                    target.WriteSingle(OnnxFields.Attribute.Floats, f);
                }

                return AttributeType.Floats;
            case ImmutableArray<long> integers:
                foreach (long i in integers)
                {
                    target.WriteInt64(OnnxFields.Attribute.Ints, i);
                }

                return AttributeType.Ints;
            case ImmutableArray<string> texts:
                foreach (string s in texts)
                {
                    target.WriteString(OnnxFields.Attribute.Strings, s);
                }

                return AttributeType.Strings;
            default:
                throw new ArgumentException($"the attribute '{name}' is a {value.GetType().Name}", nameof(value));
        }
    }
}
