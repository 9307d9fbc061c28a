using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>A set of operators that a model uses.</summary>
internal sealed class OperatorSetIdProto : WireMessage
{
    public string Domain { get; private set; } = "";

    public long Version { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.OperatorSetId.Domain, WireType.Bytes):
                Domain = reader.ReadString();
                return true;
            case (OnnxFields.OperatorSetId.Version, WireType.Varint):
                Version = reader.ReadInt64();
                return true;
            default:
                return false;
        }
    }
}
