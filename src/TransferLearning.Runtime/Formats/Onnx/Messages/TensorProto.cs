using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.Onnx.Messages;

/// <summary>A constant tensor: its values are raw bytes, a list of a type, or in another file.</summary>
internal sealed class TensorProto : WireMessage
{
    public RepeatedValues<long> Dims => field ??= new();

    /// <summary>A <see cref="Messages.DataType"/>, or one that is newer.</summary>
    public int DataType { get; private set; }

    public RepeatedValues<float> FloatData => field ??= new();

    public RepeatedValues<int> Int32Data => field ??= new();

    public RepeatedValues<long> Int64Data => field ??= new();

    public string Name { get; private set; } = "";

    /// <summary>A slice of the file, not a copy.</summary>
    public ReadOnlyMemory<byte>? RawData { get; private set; }

    public RepeatedValues<double> DoubleData => field ??= new();

    public List<StringStringEntryProto> ExternalData { get; } = [];

    public DataLocation DataLocation { get; private set; }

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (OnnxFields.Tensor.Dims, WireType.Varint or WireType.Bytes):
                reader.ReadInt64s(Dims);
                return true;
            case (OnnxFields.Tensor.DataType, WireType.Varint):
                DataType = reader.ReadInt32();
                return true;
            case (OnnxFields.Tensor.FloatData, WireType.Fixed32 or WireType.Bytes):
                reader.ReadSingles(FloatData);
                return true;
            case (OnnxFields.Tensor.Int32Data, WireType.Varint or WireType.Bytes):
                reader.ReadInt32s(Int32Data);
                return true;
            case (OnnxFields.Tensor.Int64Data, WireType.Varint or WireType.Bytes):
                reader.ReadInt64s(Int64Data);
                return true;
            case (OnnxFields.Tensor.Name, WireType.Bytes):
                Name = reader.ReadString();
                return true;
            case (OnnxFields.Tensor.RawData, WireType.Bytes):
                RawData = reader.ReadBytes();
                return true;
            case (OnnxFields.Tensor.DoubleData, WireType.Fixed64 or WireType.Bytes):
                reader.ReadDoubles(DoubleData);
                return true;
            case (OnnxFields.Tensor.ExternalData, WireType.Bytes):
                ExternalData.Add(reader.ReadMessage(new StringStringEntryProto()));
                return true;
            case (OnnxFields.Tensor.DataLocation, WireType.Varint):
                DataLocation = (DataLocation)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }
}
