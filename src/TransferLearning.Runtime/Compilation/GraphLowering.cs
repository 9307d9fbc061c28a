using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// Turns a graph into steps: chooses a kernel for each node, fuses bias, residual and activation into it, and leaves to the operator's
/// plain computation what has no kernel.
/// </summary>
internal sealed partial class GraphLowering
{
    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<string, TensorType> _types;
    private readonly KernelSet _kernels;
    private readonly ConsumerIndex _consumers;
    private readonly ActivationPatterns _activations;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gating> _gatings = new(StringComparer.Ordinal);
    private readonly Dictionary<Value, Value> _rowSums = [];
    private readonly Dictionary<Node, Value> _wholes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _fused = new(ReferenceEqualityComparer.Instance);
    private readonly List<Step> _steps = [];
    private int _valueCount;

    private GraphLowering(Graph graph, IReadOnlyDictionary<string, TensorType> types, KernelSet kernels, string output)
    {
        (_graph, _types, _kernels) = (graph, types, kernels);
        _consumers = new ConsumerIndex(graph, output);
        _activations = new ActivationPatterns(graph, _consumers);
    }

    /// <param name="graph">One input; constants folded; nothing after <paramref name="output"/>.</param>
    /// <param name="types">The type of every value, for a batch of one.</param>
    /// <exception cref="InvalidNetworkException">A node is not supported.</exception>
    public static LoweredNetwork Lower(Graph graph, IReadOnlyDictionary<string, TensorType> types, KernelSet kernels, string output)
    {
        var lowering = new GraphLowering(graph, types, kernels, output);
        try
        {
            return lowering.Run(output);
        }
        catch
        {
            foreach (IDisposable step in lowering._steps.OfType<IDisposable>())
            {
                step.Dispose();
            }

            throw;
        }
    }

    private LoweredNetwork Run(string output)
    {
        string inputName = _graph.Inputs[0].Name;
        Value input = DefineInput(inputName);
        foreach (Node node in _graph.Nodes)
        {
            if (!_fused.Contains(node))
            {
                Lower(node);
            }
        }

        return _values.TryGetValue(output, out Value? result)
            ? new LoweredNetwork(input, result, _steps, _valueCount)
            : throw new InvalidNetworkException($"the network has no value '{output}' that depends on its input");
    }

    private void Lower(Node node)
    {
        bool lowered = node.OperatorName switch
        {
            "Conv" => LowerConvolution(node),
            "Gemm" => LowerGemm(node),
            "MatMul" => LowerMatMul(node),
            "BatchNormalization" => LowerBatchNormalization(node),
            "MaxPool" or "AveragePool" => LowerPooling(node),
            "GlobalAveragePool" or "GlobalMaxPool" => LowerGlobalPooling(node),
            "Add" or "Sub" or "Mul" or "Div" or "Sum" or "Min" or "Max" => LowerBinary(node),
            "Softmax" => LowerSoftmax(node),
            "Flatten" or "Reshape" or "Squeeze" or "Unsqueeze" => LowerReshape(node),
            "Identity" or "Dropout" => LowerIdentity(node),
            "Concat" => LowerConcatenation(node),
            _ => LowerActivation(node),
        };
        if (!lowered)
        {
            LowerToReference(node);
        }
    }

    /// <summary>A value's layout: [1, C, H, W] as a map; anything else as a vector of its elements in their own order.</summary>
    private FeatureMapLayout LayoutOf(Shape shape)
    {
        (int height, int width, int channels) = IsMap(shape) ? (shape[2], shape[3], shape[1]) : (1, 1, shape.Length);
        return new FeatureMapLayout(height, width, channels, _kernels.PixelStride(channels));
    }

    private static bool IsMap(Shape shape) => shape.Rank == 4 && shape[0] == 1;

    private static bool IsVector(Shape shape) => shape.Rank == 2 && shape[0] == 1;

    private Shape ShapeOf(string name) =>
        _types.TryGetValue(name, out TensorType? type) ? type.Shape : throw new InvalidNetworkException($"the shape of '{name}' is not known");

    private Value Define(string name) => Define(name, FloatLayoutOf(name));

    private Value Define(string name, FeatureMapLayout layout)
    {
        var value = new Value(_valueCount++, name, layout);
        _values.Add(name, value);
        return value;
    }

    /// <summary>
    /// Defines the output of a step that writes whole vectors of its own channels and no others. Where a concatenation alone reads it, it may
    /// be written to its place there at once.
    /// </summary>
    private Value DefineInPlace(string name)
    {
        if (_consumers.Only(name) is not { } reader || PlaceIn(reader, name) is not { } firstChannel)
        {
            return Define(name);
        }

        if (!_wholes.TryGetValue(reader, out Value? whole))
        {
            whole = new Value(_valueCount++, reader.Output, FloatLayoutOf(reader.Output));
            _wholes.Add(reader, whole);
        }

        Value part = whole.AddPart(_valueCount++, name, firstChannel, ShapeOf(name)[1]);
        _values.Add(name, part);
        return part;
    }

    /// <summary>The layout of a value that a step computes.</summary>
    private FeatureMapLayout FloatLayoutOf(string name) => _types[name].Element == ElementType.Float32
        ? LayoutOf(ShapeOf(name))
        : throw new InvalidNetworkException($"the value '{name}' holds {_types[name].Element}; only Float32 is computed at run time");

    /// <summary>Convolutions read the bare channels of an image; everything else wants them padded to whole vectors.</summary>
    private Value DefineInput(string name)
    {
        FeatureMapLayout layout = LayoutOf(ShapeOf(name));
        bool bare = _consumers.Of(name).All(n => n.OperatorName == "Conv" && n.Attributes.Integer("group", 1) == 1);
        return Define(name, bare ? layout with { PixelStride = layout.Channels } : layout);
    }

    private Value Computed(string name) =>
        _values.TryGetValue(name, out Value? value)
            ? value
            : throw new InvalidNetworkException($"the value '{name}' is read before it is computed");

    private bool IsComputed(string name) => _values.ContainsKey(name);

    private Tensor? Constant(string? name) => name is not null && _graph.Initializers.TryGetValue(name, out Tensor? tensor) ? tensor : null;

    /// <summary>Follows a value through what its step can do besides: a residual that is there already, then an activation.</summary>
    private Fusion Fuse(string name, bool residual)
    {
        Value? added = null;
        if (residual && _consumers.Only(name) is { OperatorName: "Add" } add && OtherInput(add, name) is { } other
            && IsComputed(other) && ShapeOf(other).Equals(ShapeOf(name)) && IsMap(ShapeOf(name)))
        {
            added = Computed(other);
            _fused.Add(add);
            name = add.Output;
        }

        Activation activation = Activation.None;
        if (_activations.After(name) is { } after)
        {
            activation = after.Activation;
            _fused.UnionWith(after.Nodes);
            name = after.Nodes[^1].Output;
        }

        return new Fusion(name, added, activation);
    }

    private static string? OtherInput(Node node, string input) =>
        node.Inputs is [{ } a, { } b] && a != b ? (a == input ? b : a) : null;

    private void Alias(string name, Value value) => _values.Add(name, value);

    /// <summary>The value that a step really produces, the residual to add and the activation to apply on the way.</summary>
    private readonly record struct Fusion(string OutputName, Value? Residual, Activation Activation);

    /// <summary>A map and the vector to multiply each of its pixels by, left to the step that reads their product.</summary>
    private sealed record Gating(Value Map, Value Gate);
}
