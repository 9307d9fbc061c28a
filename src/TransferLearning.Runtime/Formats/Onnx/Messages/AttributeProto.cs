using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>An attribute of a node. Only the values of the types that are supported are read.</summary>
internal sealed class AttributeProto : WireMessage
{
    public string Name { get; private set; } = "";

    /// <summary>The whole message, with what is not read of it: a slice of the file, not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    public float? F { get; private set; }

    public long? I { get; private set; }

    public string? S { get; private set; }

    public TensorProto? T { get; private set; }

    public RepeatedValues<float> Floats => field ??= new();

    public RepeatedValues<long> Ints => field ??= new();

    public List<string> Strings { get; } = [];

    /// <summary>Null in files of the format's first versions.</summary>
    public AttributeType? Type { get; private set; }

    /// <summary>In a function: the name of the call's attribute that has the value; empty for a value of its own.</summary>
    public string RefAttrName { get; private set; } = "";

    public static AttributeProto Read(ReadOnlyMemory<byte> bytes)
    {
        var attribute = new AttributeProto { Bytes = bytes };
        attribute.Merge(bytes);
        return attribute;
    }

    /// <summary>The same value under another name.</summary>
    public AttributeProto WithName(string name)
    {
        var copy = (AttributeProto)MemberwiseClone();
        copy.Name = name;

        // Of a field that occurs twice, the last counts.
        var field = new WireWriter();
        field.WriteString(OnnxFields.Attribute.Name, name);
        using var renamed = new MemoryStream();
        renamed.Write(Bytes.Span);
        field.WriteTo(renamed);
        copy.Bytes = renamed.ToArray();
        return copy;
    }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Attribute.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (OnnxFields.Attribute.F, WireType.Fixed32):
                F = reader.ReadSingle();
                return true;
            case (OnnxFields.Attribute.I, WireType.Varint):
                I = reader.ReadInt64();
                return true;
            case (OnnxFields.Attribute.S, WireType.Bytes):
                S = reader.ReadBytesAsText();
                return true;
            case (OnnxFields.Attribute.T, WireType.Bytes):
                T = reader.ReadMessage(T ?? new TensorProto());
                return true;
            case (OnnxFields.Attribute.Floats, WireType.Fixed32 or WireType.Bytes):
                reader.ReadSingles(Floats);
                return true;
            case (OnnxFields.Attribute.Ints, WireType.Varint or WireType.Bytes):
                reader.ReadInt64s(Ints);
                return true;
            case (OnnxFields.Attribute.Strings, WireType.Bytes):
                Strings.Add(reader.ReadBytesAsText());
                return true;
            case (OnnxFields.Attribute.Type, WireType.Varint):
                Type = (AttributeType)reader.ReadInt32();
                return true;
            case (OnnxFields.Attribute.RefAttrName, WireType.Bytes):
                RefAttrName = reader.ReadString();
                return true;
            default:
                return false;
        }
    }
}
