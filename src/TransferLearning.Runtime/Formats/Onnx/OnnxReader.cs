using System.Collections.Immutable;
using Google.Protobuf;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Arithmetic;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Reads ONNX model files, operator sets 1 to 21 of the default domain; those before 7 are converted to 7.</summary>
internal static class OnnxReader
{
    public const int OldestOpset = 1;
    public const int NewestOpset = 21;

    /// <summary>Reads a file, and the weights that it keeps in other files of its folder.</summary>
    /// <exception cref="InvalidNetworkException">The file is not ONNX, is damaged, or uses something that is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Graph Read(string path)
    {
        string fullPath = Path.GetFullPath(path);
        return Read(File.ReadAllBytes(fullPath), path, new ExternalData(Path.GetDirectoryName(fullPath)));
    }

    /// <summary>Reads a model from memory, which must contain all weights. Messages refer to it by <paramref name="name"/>.</summary>
    /// <exception cref="InvalidNetworkException">The bytes are not ONNX, are damaged, or use something that is not supported.</exception>
    public static Graph Read(ReadOnlyMemory<byte> bytes, string name) => Read(bytes, name, new ExternalData(null));

    private static Graph Read(ReadOnlyMemory<byte> bytes, string name, ExternalData externalData)
    {
        try
        {
            return Convert(Parse(bytes), externalData);
        }
        catch (InvalidNetworkException e)
        {
            throw new InvalidNetworkException($"'{name}': {e.Message}", e);
        }
    }

    private static ModelProto Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new InvalidNetworkException("the file is empty, not an ONNX model");
        }

        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidNetworkException("this is not an ONNX model, or it is cut short or damaged; get the file again", e);
        }

        return model.HasIrVersion && model.Graph is not null
            ? model
            : throw new InvalidNetworkException("this is not an ONNX model (it has no format version or no graph), or it is cut short");
    }

    private static Graph Convert(ModelProto model, ExternalData externalData)
    {
        int opset = DefaultOpset(model);
        GraphProto source = model.Graph;
        if (source.SparseInitializer.Count > 0)
        {
            throw new InvalidNetworkException("sparse initializers are not supported; save the model with dense weights");
        }

        ImmutableDictionary<string, Tensor>.Builder initializers =
            ImmutableDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        foreach (TensorProto tensor in source.Initializer)
        {
            initializers[tensor.Name] = OnnxTensors.Read(tensor, $"the initializer '{tensor.Name}'", externalData);
        }

        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>(source.Node.Count);
        foreach (NodeProto proto in source.Node)
        {
            Node node = OnnxNodes.Read(proto, opset, externalData);
            if (node.OperatorName == ConstantOperator.OperatorName)
            {
                initializers[node.Output] = ConstantOperator.ValueOf(node);
            }
            else
            {
                nodes.Add(node);
            }
        }

        var graph = new Graph
        {
            Name = source.Name,
            OpsetVersion = opset,
            Inputs = [.. source.Input.Where(i => !initializers.ContainsKey(i.Name)).Select(OnnxValues.Read)],
            Outputs = [.. source.Output.Where(OnnxValues.HasShape).Select(OnnxValues.Read)],
            Nodes = nodes.ToImmutable(),
            Initializers = initializers.ToImmutable(),
            Metadata = Metadata(model),
        };
        GraphValidation.Check(graph);
        if (opset < OpsetUpgrade.Target)
        {
            graph = OpsetUpgrade.Run(graph);
        }

        foreach (Node node in graph.Nodes)
        {
            OperatorSet.Check(node, graph.OpsetVersion);
        }

        graph = WeightStorage.Restore(graph);
        return source.Output.All(OnnxValues.HasShape) ? graph : graph with { Outputs = Outputs(source, graph) };
    }

    // The format allows outputs without a shape.
    private static ImmutableArray<ValueInfo> Outputs(GraphProto source, Graph graph)
    {
        IReadOnlyDictionary<string, TensorType> types = FreeShapeInference.Infer(graph);
        return
        [
            .. source.Output.Select(o => types.TryGetValue(o.Name, out TensorType? type)
                ? new ValueInfo(o.Name, type.Element, type.Shape)
                : throw new InvalidNetworkException($"no node computes the output '{o.Name}'")),
        ];
    }

    private static ImmutableSortedDictionary<string, string> Metadata(ModelProto model)
    {
        ImmutableSortedDictionary<string, string>.Builder metadata =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto property in model.MetadataProps)
        {
            metadata[property.Key] = property.Value;
        }

        return metadata.ToImmutable();
    }

    private static int DefaultOpset(ModelProto model)
    {
        OperatorSetIdProto? imported = model.OpsetImport.FirstOrDefault(o => o.Domain.Length == 0 || o.Domain == OnnxNodes.DefaultDomain);
        return imported switch
        {
            null => throw new InvalidNetworkException("the model does not say which version of ONNX's operators it uses"),
            { Version: >= OldestOpset and <= NewestOpset } => (int)imported.Version,
            _ => throw new InvalidNetworkException(
                $"the model uses version {imported.Version} of ONNX's operators; versions {OldestOpset} to {NewestOpset} are supported, "
                + "so export it for one of them"),
        };
    }
}
