using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Files;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Writes graphs as ONNX models, the same bytes for the same graph: fields in the order of their numbers.</summary>
internal static class OnnxWriter
{
    private const string Producer = "TransferLearning";

    /// <summary>Writes a file, completely or, on failure, not at all. An existing file is replaced.</summary>
    /// <exception cref="InvalidNetworkException">The graph is not valid in its operator set.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteFile(Graph graph, string path, OnnxWeightType weightType = OnnxWeightType.Float32)
    {
        WireWriter model = Convert(graph, weightType);
        WholeFile.Write(path, model.WriteTo);
    }

    /// <exception cref="InvalidNetworkException">The graph is not valid in its operator set.</exception>
    public static void Write(Graph graph, Stream stream, OnnxWeightType weightType = OnnxWeightType.Float32) =>
        Convert(graph, weightType).WriteTo(stream);

    /// <summary>The graph as a ModelProto.</summary>
    private static WireWriter Convert(Graph graph, OnnxWeightType weightType)
    {
        GraphValidation.Check(graph);
        if (graph is { OpsetVersion: > OnnxReader.NewestOpset, UnsupportedOpset: null })
        {
            throw new InvalidNetworkException(
                $"graphs of operator set {graph.OpsetVersion} cannot be written; the newest is {OnnxReader.NewestOpset}");
        }

        if (weightType is OnnxWeightType.Bfloat16 or OnnxWeightType.Int8 && graph.OpsetVersion < WeightStorage.MinOpset)
        {
            graph = OpsetRaise.Run(graph);
        }

        Dictionary<string, int> channelAxes = weightType == OnnxWeightType.Int8 ? WeightStorage.ChannelAxes(graph) : [];
        List<WireWriter> nodes = [];
        List<WireWriter> initializers = [];
        foreach ((string name, Tensor tensor) in graph.Initializers.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            if (StorageType(weightType, tensor) is { } type)
            {
                string stored = $"{name}/{type.ToString().ToLowerInvariant()}";
                initializers.Add(OnnxTensors.WriteAs16Bits(stored, tensor, type));
                nodes.Add(OnnxNodes.Write(Widening(stored, name)));
            }
            else if (channelAxes.TryGetValue(name, out int axis))
            {
                (Tensor values, Tensor scales) = ChannelQuantization.Quantize(tensor, axis);
                initializers.Add(OnnxTensors.Write($"{name}/int8", values));
                initializers.Add(OnnxTensors.Write($"{name}/scale", scales));
                nodes.Add(OnnxNodes.Write(Dequantization(name, axis)));
            }
            else
            {
                initializers.Add(OnnxTensors.Write(name, tensor));
            }
        }

        foreach (Node node in ForeignNodes.WithAliases(graph).Nodes)
        {
            if (node.Foreign is null)
            {
                OperatorSet.Check(node, graph.OpsetVersion);
            }

            nodes.Add(OnnxNodes.Write(node));
        }

        var target = new WireWriter();
        Write(target, OnnxFields.Graph.Node, nodes);
        target.WriteString(OnnxFields.Graph.Name, graph.Name);
        Write(target, OnnxFields.Graph.Initializer, initializers);
        Write(target, OnnxFields.Graph.Input, graph.Inputs.Select(OnnxValues.Write));
        Write(target, OnnxFields.Graph.Output, graph.Outputs.Select(OnnxValues.Write));
        return Model(target, graph);
    }

    private static WireWriter Model(WireWriter content, Graph graph)
    {
        var model = new WireWriter();
        model.WriteInt64(OnnxFields.Model.IrVersion, IrVersion(graph.OpsetVersion));
        model.WriteString(OnnxFields.Model.ProducerName, Producer);
        model.WriteMessage(OnnxFields.Model.Graph, content);
        model.WriteMessage(OnnxFields.Model.OpsetImport, OperatorSetId("", graph.OpsetVersion));
        foreach ((string domain, long version) in ForeignNodes.Domains(graph))
        {
            model.WriteMessage(OnnxFields.Model.OpsetImport, OperatorSetId(domain, version));
        }

        foreach ((string key, string value) in graph.Metadata)
        {
            var entry = new WireWriter();
            entry.WriteString(OnnxFields.StringStringEntry.Key, key);
            entry.WriteString(OnnxFields.StringStringEntry.Value, value);
            model.WriteMessage(OnnxFields.Model.MetadataProps, entry);
        }

        return model;
    }

    private static WireWriter OperatorSetId(string domain, long version)
    {
        var written = new WireWriter();
        written.WriteString(OnnxFields.OperatorSetId.Domain, domain);
        written.WriteInt64(OnnxFields.OperatorSetId.Version, version);
        return written;
    }

    private static void Write(WireWriter target, int field, IEnumerable<WireWriter> messages)
    {
        foreach (WireWriter message in messages)
        {
            target.WriteMessage(field, message);
        }
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

        // Nothing that is written needs a newer version of the format.
        _ => 10,
    };
}
