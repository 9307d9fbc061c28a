using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>A list of values, of which the integers are read.</summary>
internal sealed class ListValue : WireMessage
{
    public RepeatedValues<long> I => field ??= new();

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.ListValue.I, WireType.Varint or WireType.Bytes):
                reader.ReadInt64s(I);
                return true;
            default:
                return false;
        }
    }
}
