using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Converts declared inputs and outputs from ONNX's messages to <see cref="ValueInfo"/> and back.</summary>
internal static class OnnxValues
{
    public static bool HasShape(ValueInfoProto proto) => proto.Type?.TensorType?.Shape is not null;

    public static ValueInfo Read(ValueInfoProto proto)
    {
        TensorTypeProto tensor = proto.Type?.TensorType
            ?? throw new InvalidNetworkException($"the value '{proto.Name}' is not a tensor; only tensors are supported");
        ElementType type = OnnxTensors.TypeOf(tensor.ElemType, $"the value '{proto.Name}'");
        if (tensor.Shape is null)
        {
            throw new InvalidNetworkException(
                $"the value '{proto.Name}' has no declared shape; run shape inference when exporting the model "
                + "(unknown dimensions may stay)");
        }

        int[] extents = new int[tensor.Shape.Dim.Count];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            extents[axis] = Extent(tensor.Shape.Dim[axis], proto.Name);
        }

        return new ValueInfo(proto.Name, type, new Shape(extents));
    }

    /// <summary>The value as a ValueInfoProto.</summary>
    public static WireWriter Write(ValueInfo value)
    {
        var shape = new WireWriter();
        for (int axis = 0; axis < value.Shape.Rank; axis++)
        {
            int extent = value.Shape[axis];

            // The first axis has the same name throughout the file, so that other runtimes know that it is the same batch.
            var dimension = new WireWriter();
            if (extent >= 0)
            {
                dimension.WriteInt64(OnnxFields.Dimension.DimValue, extent);
            }
            else
            {
                dimension.WriteString(OnnxFields.Dimension.DimParam, axis == 0 ? "batch" : $"{value.Name}_{axis}");
            }

            shape.WriteMessage(OnnxFields.TensorShape.Dim, dimension);
        }

        var tensor = new WireWriter();
        tensor.WriteInt64(OnnxFields.TensorType.ElemType, (int)value.Type);
        tensor.WriteMessage(OnnxFields.TensorType.Shape, shape);
        var type = new WireWriter();
        type.WriteMessage(OnnxFields.Type.TensorType, tensor);
        var written = new WireWriter();
        written.WriteString(OnnxFields.ValueInfo.Name, value.Name);
        written.WriteMessage(OnnxFields.ValueInfo.Type, type);
        return written;
    }

    // Some exporters write 0 or -1 for an unknown dimension.
    private static int Extent(DimensionProto dimension, string name) =>
        dimension.DimValue switch
        {
            <= 0 => -1,
            <= int.MaxValue => (int)dimension.DimValue,
            _ => throw new InvalidNetworkException($"the value '{name}' has a dimension of {dimension.DimValue}, which is too large"),
        };
}
