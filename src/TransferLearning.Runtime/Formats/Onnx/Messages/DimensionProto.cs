using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>An axis of a shape.</summary>
internal sealed class DimensionProto : WireMessage
{
    /// <summary>The extent; 0 where it is open, and has a name instead.</summary>
    public long DimValue { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Dimension.DimValue, WireType.Varint):
                DimValue = reader.ReadInt64();
                return true;
            default:
                return false;
        }
    }
}
