using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>The value of an attribute. Only the one that <see cref="Kind"/> names counts.</summary>
internal sealed class AttrValue : WireMessage
{
    /// <summary>Which value was read last.</summary>
    public AttrKind Kind { get; private set; }

    /// <summary>The integers of a list. Lists of other types are not read.</summary>
    public ListValue? List { get; private set; }

    public string S { get; private set; } = "";

    public long I { get; private set; }

    public float F { get; private set; }

    public bool B { get; private set; }

    public DataType Type { get; private set; }

    public TensorShapeProto? Shape { get; private set; }

    public TensorProto? Tensor { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.AttrValue.List, WireType.Bytes):
                List = reader.ReadMessage(Kind == AttrKind.List ? List! : new ListValue());
                Kind = AttrKind.List;
                return true;
            case (TensorFlowFields.AttrValue.S, WireType.Bytes):
                (S, Kind) = (reader.ReadBytesAsText(), AttrKind.S);
                return true;
            case (TensorFlowFields.AttrValue.I, WireType.Varint):
                (I, Kind) = (reader.ReadInt64(), AttrKind.I);
                return true;
            case (TensorFlowFields.AttrValue.F, WireType.Fixed32):
                (F, Kind) = (reader.ReadSingle(), AttrKind.F);
                return true;
            case (TensorFlowFields.AttrValue.B, WireType.Varint):
                (B, Kind) = (reader.ReadBoolean(), AttrKind.B);
                return true;
            case (TensorFlowFields.AttrValue.Type, WireType.Varint):
                (Type, Kind) = ((DataType)reader.ReadInt32(), AttrKind.Type);
                return true;
            case (TensorFlowFields.AttrValue.Shape, WireType.Bytes):
                Shape = reader.ReadMessage(Kind == AttrKind.Shape ? Shape! : new TensorShapeProto());
                Kind = AttrKind.Shape;
                return true;
            case (TensorFlowFields.AttrValue.Tensor, WireType.Bytes):
                Tensor = reader.ReadMessage(Kind == AttrKind.Tensor ? Tensor! : new TensorProto());
                Kind = AttrKind.Tensor;
                return true;
            default:
                return false;
        }
    }
}
