using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>The type of a value.</summary>
internal sealed class TypeProto : WireMessage
{
    /// <summary>Null for a type other than a tensor.</summary>
    public TensorTypeProto? TensorType { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Type.TensorType, WireType.Bytes):
                TensorType = reader.ReadMessage(TensorType ?? new TensorTypeProto());
                return true;
            default:
                return false;
        }
    }
}
