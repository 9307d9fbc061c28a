using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>A model: the whole of an ONNX file.</summary>
internal sealed class ModelProto : WireMessage
{
    public long? IrVersion { get; private set; }

    public string ProducerName { get; private set; } = "";

    public GraphProto? Graph { get; private set; }

    public List<OperatorSetIdProto> OpsetImport { get; } = [];

    public List<StringStringEntryProto> MetadataProps { get; } = [];

    public List<FunctionProto> Functions { get; } = [];

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Model.IrVersion, WireType.Varint):
                IrVersion = reader.ReadInt64();
                return true;
            case (OnnxFields.Model.ProducerName, WireType.Bytes):
                ProducerName = reader.ReadString();
                return true;
            case (OnnxFields.Model.Graph, WireType.Bytes):
                Graph = reader.ReadMessage(Graph ?? new GraphProto());
                return true;
            case (OnnxFields.Model.OpsetImport, WireType.Bytes):
                OpsetImport.Add(reader.ReadMessage(new OperatorSetIdProto()));
                return true;
            case (OnnxFields.Model.MetadataProps, WireType.Bytes):
                MetadataProps.Add(reader.ReadMessage(new StringStringEntryProto()));
                return true;
            case (OnnxFields.Model.Functions, WireType.Bytes):
                Functions.Add(reader.ReadMessage(new FunctionProto()));
                return true;
            default:
                return false;
        }
    }
}
