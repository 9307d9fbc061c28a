using TransferLearning.Runtime.Compilation.Channels;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pointwise;
using TransferLearning.Runtime.Steps.Reference;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// Turns a graph into steps: chooses a kernel for each node, fuses bias, residual and activation into it, and runs nodes without a suitable
/// kernel by their operator's reference computation.
/// </summary>
internal sealed partial class GraphLowering
{
    /// <summary>
    /// For each operator that has a kernel, the method that lowers a node of it. Returns false, and lowers nothing, where the node's
    /// operands do not suit the kernel.
    /// </summary>
    private static readonly Dictionary<string, Func<GraphLowering, Node, bool>> Lowerings = new(StringComparer.Ordinal)
    {
        ["Add"] = (lowering, node) => lowering.LowerBinary(node),
        ["AveragePool"] = (lowering, node) => lowering.LowerPooling(node),
        ["BatchNormalization"] = (lowering, node) => lowering.LowerBatchNormalization(node),
        ["Clip"] = (lowering, node) => lowering.LowerActivation(node),
        ["Concat"] = (lowering, node) => lowering.LowerConcatenation(node),
        ["Conv"] = (lowering, node) => lowering.LowerConvolution(node),
        ["Div"] = (lowering, node) => lowering.LowerBinary(node),
        ["Dropout"] = (lowering, node) => lowering.LowerIdentity(node),
        ["Erf"] = (lowering, node) => lowering.LowerActivation(node),
        ["Expand"] = (lowering, node) => lowering.LowerExpand(node),
        ["Flatten"] = (lowering, node) => lowering.LowerReshape(node),
        ["Gather"] = (lowering, node) => lowering.LowerSelection(node) || lowering.LowerGather(node),
        ["Gelu"] = (lowering, node) => lowering.LowerActivation(node),
        ["Gemm"] = (lowering, node) => lowering.LowerGemm(node),
        ["GlobalAveragePool"] = (lowering, node) => lowering.LowerGlobalPooling(node),
        ["GlobalMaxPool"] = (lowering, node) => lowering.LowerGlobalPooling(node),
        ["HardSigmoid"] = (lowering, node) => lowering.LowerActivation(node),
        ["HardSwish"] = (lowering, node) => lowering.LowerActivation(node),
        ["Identity"] = (lowering, node) => lowering.LowerIdentity(node),
        ["LayerNormalization"] = (lowering, node) => lowering.LowerLayerNormalization(node),
        ["LeakyRelu"] = (lowering, node) => lowering.LowerActivation(node),
        ["MatMul"] = (lowering, node) => lowering.LowerMatMul(node),
        ["Max"] = (lowering, node) => lowering.LowerBinary(node),
        ["MaxPool"] = (lowering, node) => lowering.LowerPooling(node),
        ["Min"] = (lowering, node) => lowering.LowerBinary(node),
        ["Mul"] = (lowering, node) => lowering.LowerBinary(node),
        ["QuantizeLinear"] = (lowering, node) => lowering.LowerQuantization(node),
        ["ReduceMean"] = (lowering, node) => lowering.LowerMeanOfTokens(node),
        ["Relu"] = (lowering, node) => lowering.LowerActivation(node),
        ["Reshape"] = (lowering, node) => lowering.LowerReshape(node),
        ["Sigmoid"] = (lowering, node) => lowering.LowerActivation(node),
        ["Slice"] = (lowering, node) => lowering.LowerSelection(node) || lowering.LowerSlice(node),
        ["Softmax"] = (lowering, node) => lowering.LowerSoftmax(node),
        ["Split"] = (lowering, node) => lowering.LowerSelection(node) || lowering.LowerSplit(node),
        ["Squeeze"] = (lowering, node) => lowering.LowerReshape(node),
        ["Sub"] = (lowering, node) => lowering.LowerBinary(node),
        ["Sum"] = (lowering, node) => lowering.LowerSum(node),
        ["Tanh"] = (lowering, node) => lowering.LowerActivation(node),
        ["Transpose"] = (lowering, node) => lowering.LowerTranspose(node),
        ["Unsqueeze"] = (lowering, node) => lowering.LowerReshape(node),
    };

    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<string, TensorType> _types;
    private readonly KernelSet _kernels;
    private readonly ConsumerIndex _consumers;
    private readonly ActivationPatterns _activations;
    private readonly QuantizationPattern _quantizations;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gating> _gatings = new(StringComparer.Ordinal);
    private readonly Dictionary<Value, Value> _rowSums = [];
    private readonly Dictionary<string, ChannelSelection> _selections = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, Joint> _joints = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _fused = new(ReferenceEqualityComparer.Instance);
    private readonly List<Step> _steps = [];
    private readonly List<Node> _referenceNodes = [];
    private int _valueCount;

    private GraphLowering(Graph graph, IReadOnlyDictionary<string, TensorType> types, KernelSet kernels, string output)
    {
        (_graph, _types, _kernels) = (graph, types, kernels);
        _consumers = new ConsumerIndex(graph, output);
        _activations = new ActivationPatterns(graph, _consumers);
        _quantizations = new QuantizationPattern(graph, _consumers);
    }

    /// <summary>The names of the operators that are lowered to kernels.</summary>
    public static IEnumerable<string> OperatorsWithKernel => Lowerings.Keys;

    /// <param name="graph">A graph with one input, optimized, whose last value is <paramref name="output"/>.</param>
    /// <param name="types">The type of every value, for a batch of one.</param>
    /// <param name="kernels">The instruction set.</param>
    /// <param name="output">The value to compute.</param>
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
        (Value input, InputScaling? scaling) = DefineImage(inputName, output);
        FindJoints();
        foreach (Node node in _graph.Nodes)
        {
            if (!_fused.Contains(node))
            {
                Lower(node);
            }
        }

        if (!IsComputed(output))
        {
            throw new InvalidNetworkException($"the network has no value '{output}' that depends on its input");
        }

        return TypeOf(output).Element == ElementType.Float32
            ? new LoweredNetwork(input, OwnMemory(output), _steps, _valueCount, scaling, _referenceNodes)
            : throw new InvalidNetworkException($"the value '{output}' holds {TypeOf(output).Element}; the output has to be Float32");
    }

    private void Lower(Node node)
    {
        Operator known = OperatorSet.Find(node, _graph.OpsetVersion);
        bool suitsKernels = known.HasKernel && (IsFloat(node) || node.OperatorName == QuantizationPattern.First);
        if (!suitsKernels || !Lowerings[node.OperatorName](this, node))
        {
            LowerToReference(node, known);
        }
    }

    /// <summary>Whether all that a node computes, and reads of what is computed, is float32.</summary>
    private bool IsFloat(Node node) =>
        node.Inputs.Where(i => i.Length > 0 && Constant(i) is null).Concat(node.Outputs.Where(_consumers.IsRead))
            .All(name => TypeOf(name).Element == ElementType.Float32);

    /// <summary>Lowers a node to its operator's reference computation.</summary>
    private void LowerToReference(Node node, Operator known)
    {
        _referenceNodes.Add(node);
        if (known is UnaryOperator unary && IsFloat(node))
        {
            Value input = Computed(node.Inputs[0]);
            FeatureMapLayout layout = LayoutOf(TypeOf(node.Output)) with { PixelStride = input.Layout.PixelStride };
            _steps.Add(new ElementFunctionStep(node, unary.FunctionOf(CallOf(node)), input, Define(node.Output, layout)));
            return;
        }

        ReferenceOperand?[] operands = node.Inputs.Select(name => name.Length == 0 ? null : new ReferenceOperand(
            TypeOf(name), Constant(name), Constant(name) is null ? Computed(name) : null)).ToArray();
        List<ReferenceResult> results = [];
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            string output = node.Outputs[i];
            if (_consumers.IsRead(output))
            {
                results.Add(new ReferenceResult(i, TypeOf(output), Define(output)));
            }
        }

        if (results.Count > 0)
        {
            _steps.Add(new ReferenceStep(node, known, _graph.OpsetVersion, operands, results));
        }
    }

    /// <summary>
    /// Finds what the step that computes a value can do in addition: add a residual that is computed before it, then apply an activation.
    /// </summary>
    private Fusion Fuse(string name, bool residual)
    {
        Value? added = null;
        if (residual && _consumers.Only(name) is { OperatorName: "Add" } add && OtherInput(add, name) is { } other
            && IsComputed(other) && IsCanonical(other) && ShapeOf(other).Equals(ShapeOf(name)) && IsMap(ShapeOf(name)))
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

    /// <summary>The value that a step computes after fusion, the residual that it adds and the activation that it applies.</summary>
    private readonly record struct Fusion(string OutputName, Value? Residual, Activation Activation);

    /// <summary>A map and the vector that multiplies each of its pixels, where the step that reads their product computes it.</summary>
    private sealed record Gating(Value Map, Value Gate);
}
