using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>A constant tensor: its values are raw bytes, or a list of a type.</summary>
internal sealed class TensorProto : WireMessage
{
    public DataType Dtype { get; private set; }

    public TensorShapeProto? TensorShape { get; private set; }

    /// <summary>A slice of the file, not a copy.</summary>
    public ReadOnlyMemory<byte> TensorContent { get; private set; }

    public RepeatedValues<float> FloatVal => field ??= new();

    public RepeatedValues<double> DoubleVal => field ??= new();

    public RepeatedValues<int> IntVal => field ??= new();

    public RepeatedValues<long> Int64Val => field ??= new();

    public RepeatedValues<bool> BoolVal => field ??= new();

    public RepeatedValues<int> HalfVal => field ??= new();

    protected override bool TryRead(ref WireReader reader)
    {
        switch ((reader.Field, reader.Type))
        {
            case (TensorFlowFields.Tensor.Dtype, WireType.Varint):
                Dtype = (DataType)reader.ReadInt32();
                return true;
            case (TensorFlowFields.Tensor.TensorShape, WireType.Bytes):
                TensorShape = reader.ReadMessage(TensorShape ?? new TensorShapeProto());
                return true;
            case (TensorFlowFields.Tensor.TensorContent, WireType.Bytes):
                TensorContent = reader.ReadBytes();
                return true;
            case (TensorFlowFields.Tensor.FloatVal, WireType.Fixed32 or WireType.Bytes):
                reader.ReadSingles(FloatVal);
                return true;
            case (TensorFlowFields.Tensor.DoubleVal, WireType.Fixed64 or WireType.Bytes):
                reader.ReadDoubles(DoubleVal);
                return true;
            case (TensorFlowFields.Tensor.IntVal, WireType.Varint or WireType.Bytes):
                reader.ReadInt32s(IntVal);
                return true;
            case (TensorFlowFields.Tensor.Int64Val, WireType.Varint or WireType.Bytes):
                reader.ReadInt64s(Int64Val);
                return true;
            case (TensorFlowFields.Tensor.BoolVal, WireType.Varint or WireType.Bytes):
                reader.ReadBooleans(BoolVal);
                return true;
            case (TensorFlowFields.Tensor.HalfVal, WireType.Varint or WireType.Bytes):
                reader.ReadInt32s(HalfVal);
                return true;
            default:
                return false;
        }
    }
}
