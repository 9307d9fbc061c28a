using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.OnnxRuntime.Tests;

/// <summary>
/// Classifiers of 32 x 32 pixels with random weights, as files; some have operators that the embedded engine does not have.
/// </summary>
internal static class SmallNetworks
{
    public const int Side = 32;
    public const int Features = 16;


    /// <summary>With the activation x * sigmoid(1.702 x), in ONNX's own operators.</summary>
    public static byte[] Plain() => Edit(
        (model, relu) =>
        {
            model.Graph.Initializer.Add(
                new TensorProto { Name = "alpha", DataType = (int)TensorProto.Types.DataType.Float, FloatData = { 1.702f } });
            Replace(
                model,
                relu,
                Node("Mul", [relu.Input[0], "alpha"], "scaled"),
                Node("Sigmoid", ["scaled"], "gate"),
                Node("Mul", [relu.Input[0], "gate"], relu.Output[0]));
        });

    /// <summary>The same by the operator QuickGelu of com.microsoft.</summary>
    public static byte[] WithForeignOperator() => Edit(
        (model, relu) =>
        {
            NodeProto quick = Node("QuickGelu", [relu.Input[0]], relu.Output[0]);
            quick.Domain = "com.microsoft";
            quick.Attribute.Add(new AttributeProto { Name = "alpha", Type = AttributeProto.Types.AttributeType.Float, F = 1.702f });
            Replace(model, relu, quick);
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        });

    /// <summary>The same, with a product of matrices as classifier, before which features are found only if their shape is known.</summary>
    /// <param name="declared">Whether the file declares the shape of the features.</param>
    public static byte[] WithProductAsClassifier(bool declared)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(WithForeignOperator());
        NodeProto dense = model.Graph.Node.Single(n => n.OpType == "Gemm");
        TensorProto weights = model.Graph.Initializer.Single(i => i.Name == dense.Input[1]);
        (weights.Dims[0], weights.Dims[1]) = (Features, weights.Dims[0]);
        Replace(model, dense, Node("MatMul", [dense.Input[0], dense.Input[1]], dense.Output[0]));
        if (declared)
        {
            TensorShapeProto.Types.Dimension batch = new() { DimParam = "batch" }, features = new() { DimValue = Features };
            var shape = new TensorShapeProto { Dim = { batch, features } };
            var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
            model.Graph.ValueInfo.Add(new ValueInfoProto { Name = dense.Input[0], Type = new TypeProto { TensorType = type } });
        }

        return model.ToByteArray();
    }

    /// <summary>The first network as of an operator set that is newer than those of the embedded engine.</summary>
    public static byte[] WithNewerOperatorSet()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Plain());
        model.OpsetImport.Single().Version = 22;
        return model.ToByteArray();
    }

    /// <summary>The same within a branch of an If, which uses a value of the graph around it.</summary>
    public static byte[] WithControlFlow() => Edit(
        (model, relu) =>
        {
            model.Graph.Initializer.Add(
                new TensorProto { Name = "always", DataType = (int)TensorProto.Types.DataType.Bool, Int32Data = { 1 } });
            NodeProto choice = Node("If", ["always"], relu.Output[0]);
            choice.Attribute.Add(Branch(
                "then_branch",
                Node("Mul", [relu.Input[0], "alpha"], "scaled"),
                Node("Sigmoid", ["scaled"], "gate"),
                Node("Mul", [relu.Input[0], "gate"], "then")));
            choice.Attribute.Add(Branch("else_branch", Node("Identity", [relu.Input[0]], "else")));
            model.Graph.Initializer.Add(
                new TensorProto { Name = "alpha", DataType = (int)TensorProto.Types.DataType.Float, FloatData = { 1.702f } });
            Replace(model, relu, choice);
        });

    /// <summary>With an operator that no runtime has.</summary>
    public static byte[] WithUnknownOperator() => Edit(
        (model, relu) =>
        {
            NodeProto unknown = Node("NoSuchOperator", [relu.Input[0]], relu.Output[0]);
            unknown.Domain = "com.example";
            Replace(model, relu, unknown);
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 1 });
        });

    /// <summary>With a batch of one image written into the target of a Reshape, as exporters do without dynamic axes.</summary>
    public static byte[] WithFixedBatch() => Edit(
        (model, _) =>
        {
            NodeProto flatten = model.Graph.Node.Single(n => n.OpType == "Flatten");
            model.Graph.Initializer.Add(new TensorProto
            {
                Name = "target",
                DataType = (int)TensorProto.Types.DataType.Int64,
                Dims = { 2 },
                Int64Data = { 1, Features },
            });
            Replace(model, flatten, Node("Reshape", [flatten.Input[0], "target"], flatten.Output[0]));
        });

    private static byte[] Edit(Action<ModelProto, NodeProto> edit)
    {
        var b = new GraphBuilder("small", opset: 13, seed: 1);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 3, Side, Side), Features, 3, 2));
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), 5), "logits").Build();
        using var stream = new MemoryStream();
        OnnxWriter.Write(graph, stream, OnnxWeightType.Float32Only);
        ModelProto model = ModelProto.Parser.ParseFrom(stream.ToArray());
        edit(model, model.Graph.Node.Single(n => n.OpType == "Relu"));
        return model.ToByteArray();
    }

    private static void Replace(ModelProto model, NodeProto node, params NodeProto[] replacements)
    {
        int place = model.Graph.Node.IndexOf(node);
        model.Graph.Node.RemoveAt(place);
        foreach (NodeProto replacement in replacements.Reverse())
        {
            model.Graph.Node.Insert(place, replacement);
        }
    }

    private static NodeProto Node(string operatorName, string[] inputs, string output) =>
        new() { OpType = operatorName, Name = output, Input = { inputs }, Output = { output } };

    private static AttributeProto Branch(string name, params NodeProto[] nodes)
    {
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
        var output = new ValueInfoProto { Name = nodes[^1].Output[0], Type = type };
        var graph = new GraphProto { Name = name, Node = { nodes }, Output = { output } };
        return new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };
    }
}
