using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>An axis of a shape.</summary>
internal sealed class DimensionProto : WireMessage
{
    /// <summary>The extent; -1 where it is open.</summary>
    public long Size { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.Dimension.Size, WireType.Varint):
                Size = reader.ReadInt64();
                return true;
            default:
                return false;
        }
    }
}
