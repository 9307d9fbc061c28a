using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Distillation;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Lowering;

/// <summary>Turns a graph into layers that can be trained, one per node but for activations, which go with the layer before them.</summary>
internal sealed partial class TrainingLowering
{
    /// <summary>For each operator that has a gradient, the method that lowers a node of it; false where its operands do not suit.</summary>
    private static readonly SortedDictionary<string, Func<TrainingLowering, Node, bool>> Lowerings = new(StringComparer.Ordinal)
    {
        ["Add"] = (lowering, node) => lowering.LowerAddition(node),
        ["AveragePool"] = (lowering, node) => lowering.LowerPooling(node),
        ["BatchNormalization"] = (lowering, node) => lowering.LowerNormalization(node),
        ["Clip"] = (lowering, node) => lowering.LowerActivation(node),
        ["Concat"] = (lowering, node) => lowering.LowerConcatenation(node),
        ["Conv"] = (lowering, node) => lowering.LowerConvolution(node),
        ["DepthToSpace"] = (lowering, node) => lowering.LowerView(node),
        ["Div"] = (lowering, node) => lowering.LowerChannelAffine(node),
        ["Dropout"] = (lowering, node) => lowering.LowerDropout(node),
        ["Expand"] = (lowering, node) => lowering.LowerView(node),
        ["Flatten"] = (lowering, node) => lowering.LowerReshape(node),
        ["Gather"] = (lowering, node) => lowering.LowerView(node),
        ["Gelu"] = (lowering, node) => lowering.LowerActivation(node),
        ["Gemm"] = (lowering, node) => lowering.LowerGemm(node),
        ["GlobalAveragePool"] = (lowering, node) => lowering.LowerGlobalPooling(node),
        ["HardSigmoid"] = (lowering, node) => lowering.LowerActivation(node),
        ["HardSwish"] = (lowering, node) => lowering.LowerActivation(node),
        ["Identity"] = (lowering, node) => lowering.LowerIdentity(node),
        ["LayerNormalization"] = (lowering, node) => lowering.LowerLayerNormalization(node),
        ["LeakyRelu"] = (lowering, node) => lowering.LowerActivation(node),
        ["MatMul"] = (lowering, node) => lowering.LowerMatMul(node),
        ["MaxPool"] = (lowering, node) => lowering.LowerPooling(node),
        ["Mul"] = (lowering, node) => lowering.LowerMultiplication(node),
        ["Pad"] = (lowering, node) => lowering.LowerView(node),
        ["ReduceMean"] = (lowering, node) => lowering.LowerMean(node),
        ["Relu"] = (lowering, node) => lowering.LowerActivation(node),
        ["Reshape"] = (lowering, node) => lowering.LowerReshape(node),
        ["Sigmoid"] = (lowering, node) => lowering.LowerActivation(node),
        ["Slice"] = (lowering, node) => lowering.LowerView(node),
        ["Softmax"] = (lowering, node) => lowering.LowerSoftmax(node),
        ["SpaceToDepth"] = (lowering, node) => lowering.LowerView(node),
        ["Split"] = (lowering, node) => lowering.LowerView(node),
        ["Squeeze"] = (lowering, node) => lowering.LowerReshape(node),
        ["Sub"] = (lowering, node) => lowering.LowerChannelAffine(node),
        ["Tanh"] = (lowering, node) => lowering.LowerActivation(node),
        ["Transpose"] = (lowering, node) => lowering.LowerView(node),
        ["Unsqueeze"] = (lowering, node) => lowering.LowerReshape(node),
    };

    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<string, TensorType> _types;
    private readonly KernelSet _kernels;
    private readonly TrainableNetworkOptions _options;
    private readonly ConsumerIndex _consumers;
    private readonly ActivationPatterns _activations;
    private readonly Dictionary<string, BatchMap> _maps = new(StringComparer.Ordinal);

    /// <summary>The maps that have a name, which another node may read as they are.</summary>
    private readonly HashSet<BatchMap> _named = [];
    private readonly HashSet<Node> _fused = new(ReferenceEqualityComparer.Instance);
    private readonly LoweredTraining _result;

    private TrainingLowering(
        Graph graph,
        IReadOnlyDictionary<string, TensorType> types,
        KernelSet kernels,
        TrainableNetworkOptions options,
        LoweredTraining result)
    {
        (_graph, _types, _kernels, _options, _result) = (graph, types, kernels, options, result);
        _consumers = new ConsumerIndex(graph, [.. graph.Outputs.Select(o => o.Name)]);
        _activations = new ActivationPatterns(graph, _consumers);
    }

    /// <param name="graph">A graph with one input and one output, the logits, simplified for training.</param>
    /// <param name="kernels">The instruction set.</param>
    /// <param name="options">How the network is trained.</param>
    /// <exception cref="InvalidNetworkException">A node has no gradient.</exception>
    public static LoweredTraining Lower(Graph graph, KernelSet kernels, TrainableNetworkOptions options)
    {
        var result = new LoweredTraining(graph);
        try
        {
            new TrainingLowering(graph, ShapeInference.Infer(graph), kernels, options, result).Run();
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private void Run()
    {
        string input = _graph.Inputs[0].Name, output = _graph.Outputs[0].Name;
        _result.Input = DefineInput(input);
        foreach (Node node in _graph.Nodes)
        {
            if (!_fused.Contains(node))
            {
                Lower(node);
            }
        }

        BatchMap logits = VectorOutput(output);

        if (!logits.NeedsGradient)
        {
            throw new InvalidNetworkException($"the network '{_graph.Name}' has no weights that its output '{output}' depends on");
        }

        _result.Loss = new CrossEntropyLayer(logits);
        logits.AddReader();
        _result.Layers.Add(_result.Loss);
        if (_options.Distillation is { } distillation)
        {
            AddDistillation(distillation);
        }
    }

    private void AddDistillation(DistillationOptions distillation)
    {
        CrossEntropyLayer labels = _result.Loss;
        if (distillation.FeatureOutput is { } features)
        {
            _result.FeatureLoss = new FeatureDistillationLayer(VectorOutput(features), labels, distillation.FeatureWeight);
        }

        if (distillation.LogitOutput is { } logits)
        {
            // The student's own logits are stored already: the loss of the labels reads them.
            BatchMap compared = logits == _graph.Outputs[0].Name ? labels.Output : VectorOutput(logits);
            _result.LogitLoss = new LogitDistillationLayer(compared, labels, distillation.LogitWeight, distillation.Temperature);
        }

        foreach (TrainingLayer layer in new TrainingLayer?[] { _result.FeatureLoss, _result.LogitLoss }.OfType<TrainingLayer>())
        {
            layer.Output.AddReader();
            _result.Layers.Add(layer);
        }
    }

    /// <summary>An output that is one vector per image, stored.</summary>
    private BatchMap VectorOutput(string output)
    {
        BatchMap map = Stored(Computed(output));
        return map.Layout.IsVector
            ? map
            : throw new InvalidNetworkException($"the output '{output}' has the shape {ShapeOf(output)}; [N, classes] is expected");
    }

    private void Lower(Node node)
    {
        if (Lowerings.TryGetValue(node.OperatorName, out Func<TrainingLowering, Node, bool>? lower) && lower(this, node))
        {
            return;
        }

        string known = string.Join(", ", Lowerings.Keys);
        throw new InvalidNetworkException(Lowerings.ContainsKey(node.OperatorName)
            ? $"the node '{node.DisplayName}' ({node.OperatorName}) has operands or attributes through which a network cannot be trained"
            : $"the node '{node.DisplayName}' ({node.OperatorName}) has no gradient, so that the network cannot be trained through it; "
                + $"operators with a gradient: {known}");
    }

    private BatchMap DefineInput(string name)
    {
        Shape shape = ShapeOf(name);
        bool unpadded = _consumers.Of(name).All(n => n.OperatorName == "Conv" && n.Attributes.Integer("group", 1) == 1);
        FeatureMapLayout layout = LayoutOf(shape);
        var map = BatchMap.Stored(name, unpadded ? layout with { PixelStride = layout.Channels } : layout);
        _result.Maps.Add(map);
        _maps.Add(name, map);
        return map;
    }

    private FeatureMapLayout LayoutOf(Shape shape) => IsMap(shape)
        ? BatchLayouts.Of(_kernels, shape[2], shape[3], shape[1])
        : BatchLayouts.Of(_kernels, 1, 1, shape.Length);

    private static bool IsMap(Shape shape) => shape.Rank == 4 && shape[0] == 1;

    private static bool IsVector(Shape shape) => shape.Rank == 2 && shape[0] == 1;

    private Shape ShapeOf(string name) => _types[name].Shape;

    private Tensor? Constant(string? name) =>
        name is not null && _graph.Initializers.TryGetValue(name, out Tensor? tensor) && tensor.Type == ElementType.Float32 ? tensor : null;

    private BatchMap Computed(string name)
    {
        if (_maps.TryGetValue(name, out BatchMap? map))
        {
            return map;
        }

        if (!IsTokens(name))
        {
            throw new InvalidNetworkException($"the value '{name}' is constant; training expects it to depend on the image");
        }

        Shape shape = ShapeOf(name);
        if (!IsMap(shape) && !IsVector(shape))
        {
            throw new InvalidNetworkException(
                $"the value '{name}' has the shape {shape} for one image; [1, channels, height, width] or [1, values] is expected");
        }

        map = Materialize(name, ViewOf(name), IsMap(shape));
        Keep(_maps, name, map);
        return map;
    }

    /// <summary>Adds a stored map that a layer computes.</summary>
    private BatchMap DefineStored(string name, FeatureMapLayout layout, bool needsGradient, bool derivesGradient = false)
    {
        var map = BatchMap.Stored(name, layout, derivesGradient);
        map.NeedsGradient = needsGradient;
        _result.Maps.Add(map);
        return map;
    }

    /// <summary>Adds a map that is derived from another.</summary>
    private BatchMap DefineDerived(string name, BatchMap source, bool hasParameters)
    {
        source = Stored(source);
        var function = new ChannelActivation(source, Activation.None);
        _result.Activations.Add(function);
        var map = BatchMap.Derived(name, function);
        map.NeedsGradient = hasParameters || source.NeedsGradient;
        _result.Maps.Add(map);
        return map;
    }

    /// <summary>Adds a layer, whose inputs it reads.</summary>
    private void Add(TrainingLayer layer)
    {
        foreach (BatchMap input in layer.Inputs)
        {
            input.AddReader();
        }

        layer.Output.TellsOfImages = layer.WorksByImages;
        _result.Layers.Add(layer);
    }

    /// <summary>A map that is stored: the map itself, or a copy of a derived one.</summary>
    private BatchMap Stored(BatchMap map)
    {
        if (map.Derivation is null)
        {
            return map;
        }

        BatchMap copy = DefineStored($"{map.Name}: stored", map.Layout, map.NeedsGradient);
        Add(new ConcatenationLayer(copy.Name, copy, [map]));
        return copy;
    }

    /// <summary>Gives a map the name of a node's output, after the activation that alone reads it, if there is one.</summary>
    private void Bind(string name, BatchMap map)
    {
        (name, map) = Activate(name, map);
        Keep(_maps, name, map);
    }

    /// <summary>Gives a map a name, by which other nodes read it: it no longer changes.</summary>
    private void Keep(Dictionary<string, BatchMap> maps, string name, BatchMap map)
    {
        maps.Add(name, map);
        _named.Add(map);
    }

    /// <summary>A map after the activation that alone reads a value, if there is one, and the name of the result.</summary>
    private (string Name, BatchMap Map) Activate(string name, BatchMap map)
    {
        if (_activations.After(name) is not { } after || !ActivationFunctions.HaveGradient(after.Activation.Kind))
        {
            return (name, map);
        }

        _fused.UnionWith(after.Nodes);
        name = after.Nodes[^1].Output;
        return (name, Activated(name, map, after.Activation));
    }

    private BatchMap Activated(string name, BatchMap map, Activation activation)
    {
        if (map.Derivation is { } function && function.Activation == Activation.None && !_named.Contains(map))
        {
            function.Activation = activation;
            return map;
        }

        BatchMap derived = DefineDerived(name, map, hasParameters: false);
        derived.Derivation!.Activation = activation;
        _result.Layers.Add(new ActivationLayer(name, derived));
        return derived;
    }
}
