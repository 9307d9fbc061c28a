using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>The type of a tensor.</summary>
internal sealed class TensorTypeProto : WireMessage
{
    /// <summary>A <see cref="DataType"/>, or one that is newer.</summary>
    public int ElemType { get; private set; }

    public TensorShapeProto? Shape { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.TensorType.ElemType, WireType.Varint):
                ElemType = reader.ReadInt32();
                return true;
            case (OnnxFields.TensorType.Shape, WireType.Bytes):
                Shape = reader.ReadMessage(Shape ?? new TensorShapeProto());
                return true;
            default:
                return false;
        }
    }
}
