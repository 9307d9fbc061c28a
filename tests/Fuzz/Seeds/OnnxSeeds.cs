using System.Collections.Immutable;
using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using DataLocation = TransferLearning.Protobuf.Onnx.TensorProto.Types.DataLocation;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>Tiny ONNX networks of several operator sets, with most operators, functions, small weight types and external weights.</summary>
internal static class OnnxSeeds
{
    public static IEnumerable<byte[]> All()
    {
        yield return Write(Classifier(13));
        yield return Write(Classifier(7));
        yield return Write(Classifier(21));
        yield return Write(Classifier(13), OnnxWeightType.Float16);
        yield return Write(Classifier(13), OnnxWeightType.Int8);
        yield return Write(Separable());
        yield return Write(Shaped());
        yield return Write(Branched());
        yield return Write(Wide());
        yield return Write(Attention());
        yield return Write(Computed());
        yield return WithFunction();
        yield return WithExternalWeights();
    }

    /// <summary>A convolution, a normalization, pooling and a classifier.</summary>
    public static Graph Classifier(int opset)
    {
        var b = new GraphBuilder("classifier", opset, seed: 2);
        string x = b.Relu(b.BatchNormalization(b.Conv(b.Input("input", 1, 3, 16, 16), 6, 3, 2)));
        x = b.MaxPool(x, 2, 2);
        return b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(x)), 4), "logits").Build();
    }

    /// <summary>With weights that are large enough to be read from their place in the file.</summary>
    private static Graph Wide()
    {
        var b = new GraphBuilder("wide", 13, seed: 6);
        string x = b.Flatten(b.Input("input", 1, 3, 16, 16));
        return b.Output(b.Dense(x, 24), "logits").Build();
    }

    private static Graph Separable()
    {
        var b = new GraphBuilder("separable", 13, seed: 3);
        string x = b.Relu6(b.ConvWithBias(b.Input("input", 1, 3, 20, 20), 8, 3, 2));
        string y = b.Relu6(b.BatchNormalization(b.Conv(x, 8, 3, 1, group: 8)));
        x = b.SiLU(b.Add(x, b.Conv(y, 8, 1)));
        return b.Output(b.Flatten(b.GlobalAveragePool(x)), "features").Build();
    }

    private static Graph Shaped()
    {
        var b = new GraphBuilder("shaped", 13, seed: 4);
        string x = b.Conv(b.Input("input", 1, 3, 12, 12), 4, 3);
        x = b.Node("Resize", [x, "", b.Constant(Tensor.Vector(1f, 1f, 2f, 2f))], ("mode", "nearest"));
        x = b.Node("Pad", [x, b.Constant(Tensor.Vector(0L, 0L, 1L, 1L, 0L, 0L, 1L, 1L))]);
        x = b.Node("Transpose", [x], ("perm", Longs(0, 2, 3, 1)));
        x = b.Node("Slice", [x, b.Constant(Tensor.Vector(1L)), b.Constant(Tensor.Vector(9L)), b.Constant(Tensor.Vector(1L))]);
        x = b.Node("Reshape", [x, b.Constant(Tensor.Vector(1L, -1L))]);
        return b.Output(b.Dense(x, 5), "logits").Build();
    }

    private static Graph Branched()
    {
        var b = new GraphBuilder("branched", 13, seed: 5);
        string x = b.Relu(b.Conv(b.Input("input", 1, 3, 16, 16), 4, 3, 2));
        string left = b.Conv(x, 4, 1), right = b.Node("AveragePool", [x], ("kernel_shape", Longs(3, 3)), ("pads", Longs(1, 1, 1, 1)));
        x = b.Node("HardSigmoid", [b.Concat(left, right)]);
        x = b.Node("ReduceMean", [x], ("axes", Longs(2, 3)), ("keepdims", 0L));
        return b.Output(b.Node("Softmax", [b.Dense(x, 3)], ("axis", 1L)), "probabilities").Build();
    }

    /// <summary>Tokens, a normalization of each, and their products with each other, as in a transformer.</summary>
    private static Graph Attention()
    {
        var b = new GraphBuilder("attention", 17, seed: 7);
        string x = b.Conv(b.Input("input", 1, 3, 16, 16), 8, 4, 4, 0);
        x = b.Node("Reshape", [x, b.Constant(Tensor.Vector(1L, 8L, -1L))]);
        x = b.Node("Transpose", [x], ("perm", Longs(0, 2, 1)));
        x = b.Node("LayerNormalization", [x, b.RandomConstant(1, 0.1, 8), b.RandomConstant(0, 0.1, 8)], ("axis", -1L));
        string scores = b.Node("Softmax", [b.Node("MatMul", [x, b.Node("Transpose", [x], ("perm", Longs(0, 2, 1)))])], ("axis", -1L));
        x = b.Node("Erf", [b.Node("MatMul", [scores, x])]);
        x = b.Node("Gather", [x, b.Constant(Tensor.Scalar(0L))], ("axis", 1L));
        return b.Output(b.Dense(x, 3), "logits").Build();
    }

    /// <summary>Constants that are computed from others and from shapes.</summary>
    private static Graph Computed()
    {
        var b = new GraphBuilder("computed", 13, seed: 8);
        string x = b.Conv(b.Input("input", 1, 3, 8, 8), 4, 3);
        string shape = b.Node("Shape", [x]);
        string ones = b.Node("ConstantOfShape", [b.Constant(Tensor.Vector(1L, 4L, 8L, 8L))], ("value", Tensor.Vector(1f)));
        string tiled = b.Node("Tile", [b.RandomConstant(0, 1, 1, 4, 1, 1), b.Constant(Tensor.Vector(1L, 1L, 8L, 8L))]);
        string wide = b.Node("Expand", [b.RandomConstant(0, 1, 1, 4, 1, 1), b.Constant(Tensor.Vector(1L, 4L, 8L, 8L))]);
        x = b.Add(b.Node("Mul", [b.Add(x, ones), tiled]), wide);
        string scale = b.Node("Cast", [b.Node("Size", [shape])], ("to", 1L));
        return b.Output(b.Dense(b.Flatten(b.Node("Div", [x, scale])), 3), "logits").Build();
    }

    private static ImmutableArray<long> Longs(params ImmutableArray<long> values) => values;

    private static byte[] Write(Graph graph, OnnxWeightType weights = OnnxWeightType.Float32)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(graph, stream, weights);
        return stream.ToArray();
    }

    private static byte[] WithFunction()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Write(Classifier(13)));
        NodeProto relu = model.Graph.Node.First(n => n.OpType == "Relu");
        model.Functions.Add(new FunctionProto
        {
            Name = "Rectify",
            Domain = "seed",
            Input = { "a" },
            Output = { "b" },
            Node =
            {
                new NodeProto { OpType = "Relu", Input = { "a" }, Output = { "c" } },
                new NodeProto { OpType = "Neg", Input = { "c" }, Output = { "b" } },
            },
        });
        (relu.OpType, relu.Domain) = ("Rectify", "seed");
        return model.ToByteArray();
    }

    private static byte[] WithExternalWeights()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Write(Classifier(13)));
        TensorProto weights = model.Graph.Initializer[0];
        weights.ClearRawData();
        weights.DataLocation = DataLocation.External;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "network.onnx" });
        weights.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "8" });
        weights.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = "648" });
        return model.ToByteArray();
    }
}
