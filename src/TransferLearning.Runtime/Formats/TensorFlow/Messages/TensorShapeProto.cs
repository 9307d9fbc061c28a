using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>The shape of a tensor.</summary>
internal sealed class TensorShapeProto : WireMessage
{
    public List<DimensionProto> Dim { get; } = [];

    public bool UnknownRank { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.TensorShape.Dim, WireType.Bytes):
                Dim.Add(reader.ReadMessage(new DimensionProto()));
                return true;
            case (TensorFlowFields.TensorShape.UnknownRank, WireType.Varint):
                UnknownRank = reader.ReadBoolean();
                return true;
            default:
                return false;
        }
    }
}
