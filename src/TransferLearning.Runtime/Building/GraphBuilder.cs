using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Building;

/// <summary>
/// Builds a graph node by node. Values are referred to by their names; each method returns the name of its output. Weights are random:
/// the same calls with the same seed give the same graph. Not thread-safe.
/// </summary>
internal sealed partial class GraphBuilder(
    string name, int opset, int seed, WeightInitialization initialization = WeightInitialization.Varied)
{
    private readonly Random _random = new(seed);
    private readonly List<ValueInfo> _inputs = [];
    private readonly List<ValueInfo> _outputs = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Operand> _values = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, Tensor>.Builder _initializers =
        ImmutableDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);

    /// <summary>Declares an input of float32.</summary>
    public string Input(string input, params ReadOnlySpan<int> shape)
    {
        _inputs.Add(new ValueInfo(input, ElementType.Float32, new Shape(shape)));
        _values[input] = new Operand(new TensorType(ElementType.Float32, new Shape(shape)), null);
        return input;
    }

    public string Constant(Tensor tensor)
    {
        string constant = $"c{_initializers.Count}";
        _initializers[constant] = tensor;
        _values[constant] = new Operand(tensor);
        return constant;
    }

    /// <summary>A constant of uniformly distributed float32 values.</summary>
    public string RandomConstant(double mean, double deviation, params ReadOnlySpan<int> shape)
    {
        var tensorShape = new Shape(shape);
        float[] values = new float[tensorShape.Length];
        double reach = deviation * Math.Sqrt(3);
        foreach (ref float v in values.AsSpan())
        {
            v = (float)(mean + (reach * ((2 * _random.NextDouble()) - 1)));
        }

        return Constant(Tensor.Create(tensorShape, values));
    }

    /// <summary>A constant of normally distributed float32 values around 0.</summary>
    public string NormalConstant(double deviation, params ReadOnlySpan<int> shape)
    {
        var tensorShape = new Shape(shape);
        float[] values = new float[tensorShape.Length];
        foreach (ref float v in values.AsSpan())
        {
            // Box and Muller (1958); 1 - x, as the logarithm of 0 is infinite.
            double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            v = (float)(deviation * radius * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        return Constant(Tensor.Create(tensorShape, values));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public string Node(string operatorName, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Nodes(operatorName, inputs, 1, attributes)[0];

    /// <summary>Adds a node with a number of outputs.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public string[] Nodes(string operatorName, string[] inputs, int outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string title = $"{operatorName.ToLowerInvariant()}{_nodes.Count}";
        string[] names = [.. Enumerable.Range(0, outputs).Select(i => i == 0 ? title : $"{title}:{i}")];
        NodeAttributes all = NodeAttributes.None;
        foreach ((string attribute, object value) in attributes)
        {
            all = all.With(attribute, value);
        }

        var node = new Node(operatorName, title, [.. inputs], [.. names], all);
        OperatorSet.Check(node, opset);
        Operator known = OperatorSet.Find(node, opset);
        var call = new OperatorCall(node, opset, [.. inputs.Select(_values.GetValueOrDefault)]);
        foreach ((string output, TensorType type) in names.Zip(known.InferTypes(call)))
        {
            _values[output] = new Operand(type, null);
        }

        _nodes.Add(node);
        return names;
    }

    public Shape ShapeOf(string value) => _values[value].Type.Shape;

    /// <summary>Makes a value an output of the graph and renames it to that output's name.</summary>
    public GraphBuilder Output(string value, string output)
    {
        // A value has its first name before it is known to be an output.
        int index = _nodes.FindIndex(n => n.Outputs.Contains(value));
        if (index < 0)
        {
            throw new ArgumentException($"no node computes the value '{value}'", nameof(value));
        }

        _nodes[index] = _nodes[index] with { Outputs = [.. _nodes[index].Outputs.Select(o => o == value ? output : o)] };
        for (int i = index + 1; i < _nodes.Count; i++)
        {
            _nodes[i] = _nodes[i] with { Inputs = [.. _nodes[i].Inputs.Select(o => o == value ? output : o)] };
        }

        _values[output] = _values[value];
        _values.Remove(value);
        _outputs.Add(new ValueInfo(output, _values[output].Type.Element, ShapeOf(output)));
        return this;
    }

    /// <exception cref="InvalidNetworkException">The graph is not complete.</exception>
    public Graph Build()
    {
        var graph = new Graph
        {
            Name = name,
            OpsetVersion = opset,
            Inputs = [.. _inputs],
            Outputs = [.. _outputs],
            Nodes = [.. _nodes],
            Initializers = _initializers.ToImmutable(),
        };
        GraphValidation.Check(graph);
        return graph;
    }
}
