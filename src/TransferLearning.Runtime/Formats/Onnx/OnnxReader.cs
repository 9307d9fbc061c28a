using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Formats.Wire;
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
    public static Graph Read(string path) => ReadFile(path, ExternalDataOf(path), Check);

    /// <summary>
    /// As <see cref="Read(string)"/>, for a network of which only a part is used, or that another runtime may compute: nodes and weights
    /// that are not supported stay in the graph as nodes with an <see cref="Node.UnsupportedReason"/> or of an unknown operator, the
    /// operator set may be newer (<see cref="Graph.UnsupportedOpset"/>), and the type of an output may be
    /// <see cref="ElementType.Unsupported"/>. <see cref="OperatorSet.Check"/> rejects such nodes in the part that is used, and
    /// <see cref="ForeignNodes.Mark(Graph)"/> marks them.
    /// </summary>
    /// <exception cref="InvalidNetworkException">The file is not ONNX, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Graph ReadUnchecked(string path) => ReadFile(path, ExternalDataOf(path), static (_, _) => { });

    /// <summary>Reads a file, which must contain all weights itself.</summary>
    /// <exception cref="InvalidNetworkException">The file is not ONNX, is damaged, or uses something that is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Graph ReadWhole(string path) => ReadFile(path, new ExternalData(null), Check);

    /// <summary>As <see cref="ReadUnchecked(string)"/>, for a file that must contain all weights itself.</summary>
    /// <exception cref="InvalidNetworkException">The file is not ONNX, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Graph ReadWholeUnchecked(string path) => ReadFile(path, new ExternalData(null), static (_, _) => { });

    /// <summary>Reads a model from memory, which must contain all weights. Messages refer to it by <paramref name="name"/>.</summary>
    /// <exception cref="InvalidNetworkException">The bytes are not ONNX, are damaged, or use something that is not supported.</exception>
    public static Graph Read(ReadOnlyMemory<byte> bytes, string name) => Read(bytes, name, new ExternalData(null), Check);

    /// <summary>As <see cref="ReadUnchecked(string)"/>, from memory.</summary>
    /// <exception cref="InvalidNetworkException">The bytes are not ONNX, or are damaged.</exception>
    public static Graph ReadUnchecked(ReadOnlyMemory<byte> bytes, string name) =>
        Read(bytes, name, new ExternalData(null), static (_, _) => { });

    private static ExternalData ExternalDataOf(string path) => new(Path.GetDirectoryName(Path.GetFullPath(path)));

    private static Graph ReadFile(string path, ExternalData externalData, Action<GraphProto, Graph> check)
    {
        using FileStream file = File.OpenRead(path);

        // A pipe has no places to come back to.
        if (!file.CanSeek || file.Length == 0 || LargeWeights.Divide(file) is not { } divided)
        {
            return Read(ReadToEnd(file), path, externalData, check);
        }

        return Named(path, () => Read(Parse(divided.Messages), externalData, divided.Weights, check));
    }

    private static byte[] ReadToEnd(FileStream file)
    {
        if (file.CanSeek)
        {
            file.Position = 0;
        }

        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static Graph Read(
        ReadOnlyMemory<byte> bytes, string name, ExternalData externalData, Action<GraphProto, Graph> check) =>
        Named(name, () => Read(Parse(bytes), externalData, null, check));

    private static Graph Read(
        ModelProto model, ExternalData externalData, LargeWeights? large, Action<GraphProto, Graph> check)
    {
        Graph graph = Convert(model, externalData, large);
        check(model.Graph!, graph);
        return WeightStorage.Restore(graph);
    }

    private static Graph Named(string name, Func<Graph> read)
    {
        try
        {
            return NetworkFault.Catch(read);
        }
        catch (InvalidNetworkException e)
        {
            throw new InvalidNetworkException($"'{name}': {e.Message}", e);
        }
    }

    private static void Check(GraphProto source, Graph graph)
    {
        if (graph.UnsupportedOpset is { } reason)
        {
            throw new InvalidNetworkException(reason);
        }

        foreach (Node node in graph.Nodes)
        {
            OperatorSet.Check(node, graph.OpsetVersion);
        }

        foreach (ValueInfoProto output in source.Output.Where(OnnxValues.HasShape))
        {
            OnnxValues.Read(output);
        }

        if (graph.Outputs.Any(o => o.Type == ElementType.Unsupported))
        {
            // Throws the reason why the type of an output could not be inferred.
            FreeShapeInference.Infer(graph);
        }
    }

    private static ModelProto Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new InvalidNetworkException("the file is empty, not an ONNX model");
        }

        var model = new ModelProto();
        try
        {
            model.Merge(bytes);
        }
        catch (WireFormatException e)
        {
            throw new InvalidNetworkException(
                $"this is not an ONNX model, or it is cut short or damaged ({e.Message}); get the file again", e);
        }

        return model is { IrVersion: not null, Graph: not null }
            ? model
            : throw new InvalidNetworkException("this is not an ONNX model (it has no format version or no graph), or it is cut short");
    }

    /// <param name="model">The model; weights that <paramref name="large"/> has are left out of it.</param>
    /// <param name="externalData">The weights in other files.</param>
    /// <param name="large">The weights that are read from the model's file; null where the messages have all.</param>
    private static Graph Convert(ModelProto model, ExternalData externalData, LargeWeights? large)
    {
        int opset = DefaultOpset(model);
        GraphProto source = model.Graph!;
        if (source.HasSparseInitializer)
        {
            throw new InvalidNetworkException("sparse initializers are not supported; save the model with dense weights");
        }

        ImmutableDictionary<string, Tensor>.Builder initializers =
            ImmutableDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>(source.Node.Count);
        (Tensor?[] tensors, InvalidNetworkException?[] problems) = OnnxInitializers.Read(source.Initializer, externalData, large);
        for (int i = 0; i < tensors.Length; i++)
        {
            string name = source.Initializer[i].Name;
            if (tensors[i] is { } tensor)
            {
                initializers[name] = tensor;
            }
            else
            {
                nodes.Add(Unreadable(name, problems[i]!));
            }
        }

        HashSet<string> constants = [.. source.Initializer.Select(i => i.Name)];
        foreach (NodeProto proto in FunctionInlining.Run(model))
        {
            Node node = OnnxNodes.Read(proto, externalData);
            if (node is { OperatorName: ConstantOperator.OperatorName, UnsupportedReason: null })
            {
                AddConstant(node, initializers, nodes);
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
            Inputs = [.. source.Input.Where(i => !constants.Contains(i.Name)).Select(OnnxValues.Read)],
            Outputs = [.. source.Output.Select(OutputOf)],
            Nodes = nodes.ToImmutable(),
            Initializers = initializers.ToImmutable(),
            Metadata = Metadata(model),
            Producer = model.ProducerName,
            UnsupportedOpset = opset <= NewestOpset
                ? null
                : $"the model uses version {opset} of ONNX's operators; versions {OldestOpset} to {NewestOpset} are supported, so export "
                    + "it for one of them",
        };
        if (graph.UnsupportedOpset is not null || nodes.Any(n => n.Foreign is not null))
        {
            graph = graph with { Domains = Domains(model), DeclaredValues = DeclaredValues(source) };
        }

        GraphValidation.Check(graph);
        if (opset < OpsetUpgrade.Target)
        {
            graph = OpsetUpgrade.Run(graph);
        }

        RequireForm(graph);

        return graph.Outputs.All(o => o.Type != ElementType.Unsupported) ? graph : WithInferredOutputs(graph);
    }

    /// <summary>Checks what is looked at in nodes and outputs before they are checked, as in a part that is not used.</summary>
    private static void RequireForm(Graph graph)
    {
        if (graph.Outputs.IsEmpty)
        {
            throw new InvalidNetworkException("the graph has no outputs; the file is cut short or damaged");
        }

        foreach (Node node in graph.Nodes)
        {
            OperatorSet.CheckRequired(node);
        }
    }

    private static void AddConstant(
        Node node, ImmutableDictionary<string, Tensor>.Builder initializers, ImmutableArray<Node>.Builder nodes)
    {
        try
        {
            initializers[node.Output] = ConstantOperator.ValueOf(node);
        }
        catch (InvalidNetworkException e)
        {
            nodes.Add(Unreadable(node.Output, e));
        }
    }

    /// <summary>A node in place of a constant that cannot be read, which must not matter where nothing used depends on it.</summary>
    private static Node Unreadable(string name, InvalidNetworkException reason) =>
        new(ConstantOperator.OperatorName, name, [], [name], NodeAttributes.None) { UnsupportedReason = reason.Message };

    private static ValueInfo OutputOf(ValueInfoProto proto)
    {
        try
        {
            return OnnxValues.Read(proto);
        }
        catch (InvalidNetworkException)
        {
            return new ValueInfo(proto.Name, ElementType.Unsupported, Shape.Scalar);
        }
    }

    // The format allows outputs without a shape.
    private static Graph WithInferredOutputs(Graph graph)
    {
        IReadOnlyDictionary<string, TensorType> types = FreeShapeInference.InferSupported(graph);
        return graph with
        {
            Outputs =
            [
                .. graph.Outputs.Select(o => o.Type == ElementType.Unsupported && types.TryGetValue(o.Name, out TensorType? type)
                    ? new ValueInfo(o.Name, type.Element, type.Shape)
                    : o),
            ],
        };
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

    private static ImmutableSortedDictionary<string, long> Domains(ModelProto model)
    {
        ImmutableSortedDictionary<string, long>.Builder domains =
            ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (OperatorSetIdProto imported in model.OpsetImport.Where(o => o.Domain.Length > 0 && o.Domain != OnnxNodes.DefaultDomain))
        {
            domains[imported.Domain] = imported.Version;
        }

        return domains.ToImmutable();
    }

    private static ImmutableDictionary<string, ValueInfo> DeclaredValues(GraphProto source)
    {
        ImmutableDictionary<string, ValueInfo>.Builder values =
            ImmutableDictionary.CreateBuilder<string, ValueInfo>(StringComparer.Ordinal);
        foreach (ValueInfoProto value in source.ValueInfo.Concat(source.Output).Where(OnnxValues.HasShape))
        {
            try
            {
                values[value.Name] = OnnxValues.Read(value);
            }
            catch (InvalidNetworkException)
            {
                // Of a type that this runtime does not know: then so is every value that depends on it.
            }
        }

        return values.ToImmutable();
    }

    private static int DefaultOpset(ModelProto model)
    {
        OperatorSetIdProto? imported = model.OpsetImport.FirstOrDefault(o => o.Domain.Length == 0 || o.Domain == OnnxNodes.DefaultDomain);
        return imported switch
        {
            null => throw new InvalidNetworkException("the model does not say which version of ONNX's operators it uses"),
            { Version: >= OldestOpset and <= ushort.MaxValue } => (int)imported.Version,
            _ => throw new InvalidNetworkException(
                $"the model uses version {imported.Version} of ONNX's operators, which does not exist; versions {OldestOpset} to "
                + $"{NewestOpset} are supported"),
        };
    }
}
