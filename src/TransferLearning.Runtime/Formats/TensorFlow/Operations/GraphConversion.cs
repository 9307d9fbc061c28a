using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>
/// The graph that a conversion builds, node by node. Values that depend on constants alone are computed and add no node. The types are
/// those for a batch of 1, but the graph fits any batch. Not thread-safe.
/// </summary>
internal sealed partial class GraphConversion
{
    /// <summary>The version of ONNX's operators that the graph follows.</summary>
    public const int Opset = 13;

    // A few bytes, such as the shape of a Fill, could take any amount of memory. No real constant is larger.
    private const int MaxComputed = 1 << 26;

    private readonly List<Node> _nodes = [];
    private readonly ImmutableDictionary<string, Tensor>.Builder _initializers =
        ImmutableDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);

    public IReadOnlyList<Node> Nodes => _nodes;

    public ImmutableDictionary<string, Tensor> Initializers => _initializers.ToImmutable();

    public static ConvertedValue Constant(string name, Tensor tensor) => new(name, new Operand(tensor), true);

    public static ConvertedValue Integers(string name, params long[] values) => Constant(name, Tensor.Vector(values));

    /// <summary>Adds a node with one output of the node's name. Inputs and output have our graph's order of axes.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public ConvertedValue Emit(
        string operatorName, string name, ConvertedValue[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Emit(operatorName, [name], inputs, attributes)[0];

    /// <summary>Adds a node with a number of outputs.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public ConvertedValue[] Emit(
        string operatorName, string[] names, ConvertedValue[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        NodeAttributes all = NodeAttributes.None;
        foreach ((string attribute, object value) in attributes)
        {
            all = all.With(attribute, value);
        }

        var node = new Node(operatorName, names[0], [.. inputs.Select(i => i.Name)], [.. names], all);
        OperatorSet.Check(node, Opset);
        Operator known = OperatorSet.Find(node, Opset);
        var call = new OperatorCall(node, Opset, [.. inputs.Select(i => i.Operand)]);
        bool isComputable = known is ShapeOperator || inputs.All(i => i.Operand.Value is not null);
        ImmutableArray<TensorType> types = known.InferTypes(call);
        if (isComputable && types.FirstOrDefault(t => t.Shape.Length > MaxComputed) is { } large)
        {
            throw call.Error($"its result {large} is too large for a constant");
        }

        Operand[] outputs = isComputable
            ? [.. known.Evaluate(call).Select(t => new Operand(t))]
            : [.. types.Select(t => new Operand(t, null))];
        bool isConstant = inputs.All(i => i.IsConstant);
        if (!isConstant)
        {
            foreach (ConvertedValue input in inputs.Where(i => i.IsConstant))
            {
                _initializers[input.Name] = input.Constant!;
            }

            _nodes.Add(node);
        }

        return [.. names.Zip(outputs, (name, operand) => new ConvertedValue(name, operand, isConstant))];
    }
}
