using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Builds small networks with seeded weights, one node per call; each call returns the name of the node's output.</summary>
internal sealed class SmallNetwork(int channels, int height, int width)
{
    private readonly Random _random = new(11);
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Tensor> _weights = [];

    public string Node(string operatorName, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"v{_nodes.Count}";
        NodeAttributes all = attributes.Aggregate(NodeAttributes.None, static (a, next) => a.With(next.Name, next.Value));
        _nodes.Add(new Node(operatorName, $"n{_nodes.Count}", [.. inputs], [output], all));
        return output;
    }

    /// <summary>Splits a value along an axis into parts of the given lengths.</summary>
    public string[] Split(string input, (string Name, object Value) axis, string lengths)
    {
        int count = _weights[lengths].Length;
        string[] outputs = [.. Enumerable.Range(0, count).Select(i => $"v{_nodes.Count}.{i}")];
        NodeAttributes attributes = NodeAttributes.None.With(axis.Name, axis.Value);
        _nodes.Add(new Node("Split", $"n{_nodes.Count}", [input, lengths], [.. outputs], attributes));
        return outputs;
    }

    public string Weights(params int[] shape)
    {
        float[] values = new float[new Shape(shape).Length];
        float scale = 1f / MathF.Sqrt(values.Length / shape[0]);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((_random.NextSingle() * 2) - 1) * scale;
        }

        return Constant(Tensor.Create(new Shape(shape), values));
    }

    public string Positive(int length) =>
        Constant(Tensor.Vector([.. Enumerable.Range(0, length).Select(_ => 0.5f + _random.NextSingle())]));

    public string Constant(Tensor tensor)
    {
        string name = $"w{_weights.Count}";
        _weights.Add(name, tensor);
        return name;
    }

    public string Conv(string input, int from, int to, int size, int stride = 1, int padding = 0, int groups = 1) => Node(
        "Conv",
        [input, Weights(to, from / groups, size, size), Weights(to)],
        ("strides", Longs(stride, stride)),
        ("pads", Longs(padding, padding, padding, padding)),
        ("group", (long)groups));

    public string Relu(string input) => Node("Relu", [input]);

    public static ImmutableArray<long> Longs(params long[] values) => [.. values];

    public Graph Build(string output) => new()
    {
        Name = "small",
        OpsetVersion = 14,
        Inputs = [new ValueInfo("input", ElementType.Float32, new Shape(-1, channels, height, width))],
        Outputs = [new ValueInfo(output, ElementType.Float32, new Shape(-1))],
        Nodes = [.. _nodes],
        Initializers = _weights.ToImmutableDictionary(StringComparer.Ordinal),
    };
}
