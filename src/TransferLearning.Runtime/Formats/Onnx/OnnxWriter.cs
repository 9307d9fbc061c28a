using Google.Protobuf;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Graphs.Operators;
using TransferLearning.Runtime.Tensors;
using DataType = TransferLearning.Runtime.Formats.Onnx.Messages.TensorProto.Types.DataType;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Writes graphs as ONNX models, the same bytes for the same graph.</summary>
internal static class OnnxWriter
{
    private const string Producer = "TransferLearning";

    // Fewer are not worth the node that converts them.
    private const int FewestHalfValues = 64;

    /// <summary>Writes a file: all of it, or on failure nothing. A file that is there is replaced.</summary>
    /// <exception cref="InvalidNetworkException">The graph is not valid in its operator set.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteFile(Graph graph, string path, OnnxWeightType weightType = OnnxWeightType.Float32)
    {
        ModelProto model = Convert(graph, weightType);
        string fullPath = Path.GetFullPath(path);

        // In the same folder, for a rename within a file system cannot stop halfway.
        string temporary = $"{fullPath}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                model.WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, fullPath, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <exception cref="InvalidNetworkException">The graph is not valid in its operator set.</exception>
    public static void Write(Graph graph, Stream stream, OnnxWeightType weightType = OnnxWeightType.Float32) =>
        Convert(graph, weightType).WriteTo(stream);

    private static ModelProto Convert(Graph graph, OnnxWeightType weightType)
    {
        GraphValidation.Check(graph);
        var target = new GraphProto
        {
            Name = graph.Name,
            Input = { graph.Inputs.Select(OnnxValues.Write) },
            Output = { graph.Outputs.Select(OnnxValues.Write) },
        };
        foreach ((string name, Tensor tensor) in graph.Initializers.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            if (weightType == OnnxWeightType.Float16 && IsWorthHalving(tensor))
            {
                string stored = $"{name}/float16";
                target.Initializer.Add(OnnxTensors.WriteAsHalf(stored, tensor));
                target.Node.Add(OnnxNodes.Write(Widening(stored, name)));
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

    // A value beyond the range of float16 would become infinite.
    private static bool IsWorthHalving(Tensor tensor) =>
        tensor.Type == ElementType.Float32
        && tensor.Length >= FewestHalfValues
        && !tensor.Floats.ContainsAnyExceptInRange((float)Half.MinValue, (float)Half.MaxValue);

    private static Node Widening(string from, string to) =>
        new("Cast", $"{to}/widen", [from], [to], NodeAttributes.None.With("to", (long)DataType.Float));

    // The version of the file format that came with the operator set; 4 is the first that lets initializers stand beside the inputs.
    private static int IrVersion(int opset) => opset switch
    {
        <= 9 => 4,
        10 => 5,
        11 => 6,
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        _ => 10,
    };
}
