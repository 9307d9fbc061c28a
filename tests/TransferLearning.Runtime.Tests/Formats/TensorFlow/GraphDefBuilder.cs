using Google.Protobuf;
using TransferLearning.Protobuf.TensorFlow;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.TensorFlow;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Formats.TensorFlow;

/// <summary>Builds small TensorFlow graphs, and runs what the reader converts them to.</summary>
internal sealed class GraphDefBuilder
{
    private readonly GraphDef _graph = new();

    /// <summary>The graph with a placeholder <c>x</c> of the given shape, [N, H, W, C].</summary>
    public GraphDefBuilder(params int[] input) =>
        Node("Placeholder", "x", [], ("dtype", OfType(DataType.DtFloat)), ("shape", Extents(input)));

    public static AttrValue OfType(DataType type) => new() { Type = type };

    public static AttrValue Text(string text) => new() { S = ByteString.CopyFromUtf8(text) };

    public static AttrValue Flag(bool flag) => new() { B = flag };

    public static AttrValue Number(float number) => new() { F = number };

    public static AttrValue Integer(long number) => new() { I = number };

    public static AttrValue Integers(params long[] numbers) => new() { List = new AttrValue.Types.ListValue { I = { numbers } } };

    public static AttrValue Extents(params int[] extents) => new() { Shape = ShapeProto(extents) };

    public GraphDefBuilder Node(string operatorName, string name, string[] inputs, params (string Name, AttrValue Value)[] attributes)
    {
        var node = new NodeDef { Op = operatorName, Name = name, Input = { inputs } };
        foreach ((string attribute, AttrValue value) in attributes)
        {
            node.Attr.Add(attribute, value);
        }

        _graph.Node.Add(node);
        return this;
    }

    public GraphDefBuilder Floats(string name, int[] shape, params float[] values) =>
        Constant(name, new TensorProto { Dtype = DataType.DtFloat, TensorShape = ShapeProto(shape), FloatVal = { values } });

    public GraphDefBuilder Integers(string name, params int[] values) =>
        Constant(name, new TensorProto { Dtype = DataType.DtInt32, TensorShape = ShapeProto([values.Length]), IntVal = { values } });

    public GraphDefBuilder Scalar(string name, int value) =>
        Constant(name, new TensorProto { Dtype = DataType.DtInt32, TensorShape = ShapeProto([]), IntVal = { value } });

    public GraphDefBuilder Constant(string name, TensorProto tensor, params string[] controls) => Node(
        "Const", name, controls, ("value", new AttrValue { Tensor = tensor }), ("dtype", OfType(tensor.Dtype)));

    public byte[] Bytes() => _graph.ToByteArray();

    public Graph Read(string? output = null, string? input = null, int? size = null) =>
        TensorFlowNetwork.Read(Bytes(), "test.pb").ToGraph(input, output, size);

    public string Error(string? output = null) => Should.Throw<InvalidNetworkException>(() => Read(output)).Message;

    /// <summary>Runs the graph on values [N, H, W, C]; the output has our graph's order of axes.</summary>
    public Tensor Run(int[] shape, float[] values, string? output = null)
    {
        Graph graph = Read(output);
        var image = Tensor.Create(new Shape(shape), values);
        Tensor fed = TransposeOperator.Transpose(image, [0, 3, 1, 2]);
        return GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["x"] = fed })[graph.Outputs[0].Name];
    }

    /// <summary>The values 1, 2, 3... for a shape.</summary>
    public static float[] Count(params int[] shape) => [.. Enumerable.Range(1, new Shape(shape).Length).Select(i => (float)i)];

    private static TensorShapeProto ShapeProto(int[] extents) =>
        new() { Dim = { extents.Select(e => new TensorShapeProto.Types.Dim { Size = e }) } };
}
