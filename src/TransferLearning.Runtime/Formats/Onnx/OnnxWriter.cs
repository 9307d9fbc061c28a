using Google.Protobuf;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Files;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using DataType = TransferLearning.Runtime.Formats.Onnx.Messages.TensorProto.Types.DataType;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Writes graphs as ONNX models, the same bytes for the same graph.</summary>
internal static class OnnxWriter
{
    private const string Producer = "TransferLearning";

    /// <summary>Writes a file, completely or, on failure, not at all. An existing file is replaced.</summary>
    /// <exception cref="InvalidNetworkException">The graph is not valid in its operator set.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteFile(Graph graph, string path, OnnxWeightType weightType = OnnxWeightType.Float32)
    {
        ModelProto model = Convert(graph, weightType);
        WholeFile.Write(path, model.WriteTo);
    }

    /// <exception cref="InvalidNetworkException">The graph is not valid in its operator set.</exception>
    public static void Write(Graph graph, Stream stream, OnnxWeightType weightType = OnnxWeightType.Float32) =>
        Convert(graph, weightType).WriteTo(stream);

    private static ModelProto Convert(Graph graph, OnnxWeightType weightType)
    {
        GraphValidation.Check(graph);
        if (weightType is OnnxWeightType.Bfloat16 or OnnxWeightType.Int8 && graph.OpsetVersion < WeightStorage.MinOpset)
        {
            graph = OpsetRaise.Run(graph);
        }

        Dictionary<string, int> channelAxes = weightType == OnnxWeightType.Int8 ? WeightStorage.ChannelAxes(graph) : [];
        var target = new GraphProto
        {
            Name = graph.Name,
            Input = { graph.Inputs.Select(OnnxValues.Write) },
            Output = { graph.Outputs.Select(OnnxValues.Write) },
        };
        foreach ((string name, Tensor tensor) in graph.Initializers.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            if (StorageType(weightType, tensor) is { } type)
            {
                string stored = $"{name}/{type.ToString().ToLowerInvariant()}";
                target.Initializer.Add(OnnxTensors.WriteAs16Bits(stored, tensor, type));
                target.Node.Add(OnnxNodes.Write(Widening(stored, name)));
            }
            else if (channelAxes.TryGetValue(name, out int axis))
            {
                (Tensor values, Tensor scales) = ChannelQuantization.Quantize(tensor, axis);
                target.Initializer.Add(OnnxTensors.Write($"{name}/int8", values));
                target.Initializer.Add(OnnxTensors.Write($"{name}/scale", scales));
                target.Node.Add(OnnxNodes.Write(Dequantization(name, axis)));
            }
            else
            {
                target.Initializer.Add(OnnxTensors.Write(name, tensor));
            }
        }

        foreach (Node node in graph.Nodes)
        {
            OperatorSet.Check(node, graph.OpsetVersion);
            target.Node.Add(OnnxNodes.Write(node));
        }

        return new ModelProto
        {
            IrVersion = IrVersion(graph.OpsetVersion),
            ProducerName = Producer,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = graph.OpsetVersion } },
            Graph = target,
            MetadataProps = { graph.Metadata.Select(p => new StringStringEntryProto { Key = p.Key, Value = p.Value }) },
        };
    }

    /// <summary>
    /// The 16-bit type for a tensor; null where it is stored unchanged, as is one with values beyond the range of float16, which would
    /// become infinite.
    /// </summary>
    private static DataType? StorageType(OnnxWeightType weightType, Tensor tensor) => weightType switch
    {
        OnnxWeightType.Float32 when WeightStorage.IsExactInFloat16(tensor) => DataType.Float16,
        OnnxWeightType.Float16 when WeightStorage.IsLarge(tensor)
            && !tensor.Floats.ContainsAnyExceptInRange((float)Half.MinValue, (float)Half.MaxValue) => DataType.Float16,
        OnnxWeightType.Bfloat16 when WeightStorage.IsLarge(tensor) => DataType.Bfloat16,
        _ => null,
    };

    private static Node Widening(string from, string to) =>
        new("Cast", $"{to}/widen", [from], [to], NodeAttributes.None.With("to", (long)DataType.Float));

    private static Node Dequantization(string name, int axis) => new(
        "DequantizeLinear",
        $"{name}/dequantize",
        [$"{name}/int8", $"{name}/scale"],
        [name],
        NodeAttributes.None.With("axis", (long)axis));

    // The version of the file format that was released with the operator set; 4 is the first in which initializers need not be inputs.
    private static int IrVersion(int opset) => opset switch
    {
        <= 9 => 4,
        10 => 5,
        11 => 6,
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        <= OnnxReader.NewestOpset => 10,
        _ => throw new InvalidNetworkException($"graphs of operator set {opset} cannot be written; the newest is {OnnxReader.NewestOpset}"),
    };
}
