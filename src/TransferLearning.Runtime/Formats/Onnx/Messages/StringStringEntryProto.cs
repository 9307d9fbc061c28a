using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>An entry of a dictionary.</summary>
internal sealed class StringStringEntryProto : WireMessage
{
    public string Key { get; private set; } = "";

    public string Value { get; private set; } = "";

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.StringStringEntry.Key, WireType.Bytes):
                Key = reader.ReadString();
                return true;
            case (OnnxFields.StringStringEntry.Value, WireType.Bytes):
                Value = reader.ReadString();
                return true;
            default:
                return false;
        }
    }
}
