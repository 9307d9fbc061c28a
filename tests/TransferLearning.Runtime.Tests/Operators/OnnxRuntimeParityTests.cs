using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Execution;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>Runs operators of compiled networks, mostly without a kernel, and compares them with ONNX Runtime.</summary>
public class OnnxRuntimeParityTests
{
    private const int Channels = 6;
    private const int Height = 10;
    private const int Width = 13;

    private static readonly Dictionary<string, Func<GraphBuilder, string, string>> Cases = new()
    {
        ["arithmetic of rows"] = (b, x) =>
            b.Node("Div", [b.Node("Add", [x, b.RandomConstant(0, 1, Width)]), b.RandomConstant(3, 1, Height, 1)]),
        ["arithmetic of one element"] = (b, x) => b.Node("Sub", [b.Constant(Tensor.Scalar(1.5f)), Tokens(b, x)]),
        ["Min and Max of three"] = (b, x) =>
            b.Node("Max", [x, b.Node("Min", [x, b.Relu(x), b.RandomConstant(0, 1, 1, Width)]), b.RandomConstant(-1, 1, Height, 1)]),
        ["Pow by a number"] = (b, x) => b.Node("Pow", [b.Node("Abs", [Tokens(b, x)]), b.Constant(Tensor.Scalar(1.7f))]),
        ["Pow by a square"] = (b, x) => b.Node("Pow", [Tokens(b, x), b.Constant(Tensor.Scalar(2f))]),
        ["Pow by a tensor"] = (b, x) => b.Node("Pow", [b.Node("Exp", [x]), b.RandomConstant(0, 1, Width)]),
        ["Mod with the sign of the dividend"] = (b, x) => b.Node("Mod", [x, b.Constant(Tensor.Scalar(0.3f))], ("fmod", 1L)),
        ["Mod of integers"] = (b, x) => Floats(b, b.Node("Mod", [Integers(b, x), b.Constant(Tensor.Scalar(-3L))])),
        ["PRelu per channel"] = (b, x) => b.Node("PRelu", [x, b.RandomConstant(0.2, 0.1, Channels, 1, 1)]),
        ["Clip of tokens"] = (b, x) => b.Node("Clip", [Tokens(b, x), b.Constant(Tensor.Scalar(-0.5f)), b.Constant(Tensor.Scalar(0.25f))]),
        ["comparisons"] = (b, x) => b.Node(
            "Where",
            [
                b.Node("Or", [b.Node("Greater", [x, b.RandomConstant(0, 1, Width)]), b.Node("Not", [b.Node("Less", [x, b.Relu(x)])])]),
                b.Node("Neg", [x]),
                b.Constant(Tensor.Scalar(7f)),
            ]),
        ["classification"] = (b, x) => b.Node(
            "Add",
            [
                Floats(b, b.Node("IsNaN", [b.Node("Sqrt", [x])])),
                Floats(b, b.Node("IsInf", [b.Node("Reciprocal", [b.Relu(x)])])),
            ]),
        ["Softmax over rows"] = (b, x) => b.Node("Softmax", [x], ("axis", 3L)),
        ["Softmax over columns"] = (b, x) => b.Node("Softmax", [x], ("axis", 2L)),
        ["Softmax of tokens"] = (b, x) => b.Node("Softmax", [Tokens(b, x)], ("axis", -1L)),
        ["LogSoftmax over rows"] = (b, x) => b.Node("LogSoftmax", [x], ("axis", -1L)),
        ["LogSoftmax over channels"] = (b, x) => b.Node("LogSoftmax", [x], ("axis", 1L)),
        ["LayerNormalization of tokens"] = (b, x) => b.Node(
            "LayerNormalization",
            [
                b.Node("Add", [Tokens(b, x), b.Constant(Tensor.Scalar(3f))]),
                b.RandomConstant(1, 0.3, Channels),
                b.RandomConstant(0, 0.3, Channels),
            ]),
        ["LayerNormalization over two axes"] = (b, x) =>
            b.Node("LayerNormalization", [x, b.RandomConstant(1, 0.3, Height, Width)], ("axis", 2L)),
        ["InstanceNormalization"] = (b, x) =>
            b.Node("InstanceNormalization", [x, b.RandomConstant(1, 0.3, Channels), b.RandomConstant(0, 0.3, Channels)]),
        ["GroupNormalization"] = (b, x) => b.Node(
            "GroupNormalization", [x, b.RandomConstant(1, 0.3, Channels), b.RandomConstant(0, 0.3, Channels)], ("num_groups", 3L)),
        ["LRN"] = (b, x) => b.Node("LRN", [x], ("size", 5L), ("alpha", 0.3f), ("beta", 0.75f), ("bias", 1.2f)),
        ["LpNormalization"] = (b, x) => b.Node("LpNormalization", [x], ("axis", 1L), ("p", 2L)),
        ["MeanVarianceNormalization"] = (b, x) => b.Node("MeanVarianceNormalization", [x]),
        ["ReduceSum of the middle"] = (b, x) => b.Node("ReduceSum", [x, Longs(b, 1, 2)], ("keepdims", 0L)),
        ["ReduceMax of both ends"] = (b, x) => b.Node("ReduceMax", [x, Longs(b, 1, 3)]),
        ["ReduceL2 of rows"] = (b, x) => b.Node("ReduceL2", [x, Longs(b, -1)]),
        ["ReduceMean of tokens"] = (b, x) => b.Node("ReduceMean", [Tokens(b, x), Longs(b, 1)]),
        ["ReduceLogSumExp"] = (b, x) => b.Node("ReduceLogSumExp", [x, Longs(b, 2)]),
        ["ReduceProd"] = (b, x) => b.Node("ReduceProd", [x, Longs(b, 3)]),
        ["ArgMax"] = (b, x) => Floats(b, b.Node("ArgMax", [x], ("axis", 2L))),
        ["TopK"] = (b, x) => b.Nodes("TopK", [x, Longs(b, 4)], 2, ("axis", 2L))[0],
        ["indices of the smallest"] = (b, x) => Floats(b, b.Nodes("TopK", [x, Longs(b, 3)], 2, ("axis", -1L), ("largest", 0L))[1]),
        ["OneHot"] = (b, x) => b.Node(
            "OneHot", [b.Node("ArgMax", [x], ("axis", 1L)), Longs(b, Channels), b.Constant(Tensor.Vector(-1f, 2f))], ("axis", 1L)),
        ["CumSum"] = (b, x) => b.Node("CumSum", [x, b.Constant(Tensor.Scalar(2L))], ("exclusive", 1L), ("reverse", 1L)),
        ["Trilu"] = (b, x) => b.Node("Trilu", [x, b.Constant(Tensor.Scalar(-2L))], ("upper", 0L)),
        ["Gather of rows"] = (b, x) => b.Node("Gather", [x, Longs(b, 3, -1, 0)], ("axis", 2L)),
        ["Gather at run time"] = (b, x) => b.Node(
            "Gather", [b.RandomConstant(0, 1, 7, 4), b.Node("Mod", [b.Node("Abs", [Integers(b, x)]), b.Constant(Tensor.Scalar(7L))])]),
        ["GatherElements"] = (b, x) => b.Node(
            "GatherElements", [x, b.Constant(Tensor.Create(new Shape(1, 2, 2, 3), [0L, 4, -1, 9, 2, 2, 1, 0, 5, 5, 5, -3]))], ("axis", 2L)),
        ["GatherND"] = (b, x) => b.Node(
            "GatherND", [x, b.Constant(Tensor.Create(new Shape(1, 2, 2), [5L, 9, -1, 0]))], ("batch_dims", 1L)),
        ["ScatterND"] = (b, x) => b.Node(
            "ScatterND", [x, b.Constant(Tensor.Create(new Shape(2, 3), [0L, 1, 2, 0, 5, 9])), b.RandomConstant(0, 1, 2, Width)]),
        ["ScatterND that adds"] = (b, x) => b.Node(
            "ScatterND",
            [x, b.Constant(Tensor.Create(new Shape(2, 3), [0L, 1, 2, 0, 1, 2])), b.RandomConstant(0, 1, 2, Width)],
            ("reduction", "add")),
        ["ScatterElements"] = (b, x) => b.Node(
            "ScatterElements",
            [x, b.Constant(Tensor.Create(new Shape(1, 1, 2, 2), [0L, 5, -1, 3])), b.RandomConstant(0, 1, 1, 1, 2, 2)],
            ("axis", 1L)),
        ["Slice backwards"] = (b, x) =>
            b.Node("Slice", [x, Longs(b, -1, 8), Longs(b, -100, 1), Longs(b, 3, 2), Longs(b, -2, -3)]),
        ["Split"] = (b, x) =>
        {
            string[] parts = b.Nodes("Split", [x, Longs(b, 4, 2)], 2, ("axis", 1L));
            return b.Node("Concat", [b.Relu(parts[1]), parts[0], b.Node("Exp", [parts[1]])], ("axis", 1L));
        },
        ["Concat of rows"] = (b, x) => b.Node("Concat", [x, b.Relu(x), b.RandomConstant(0, 1, 1, Channels, 2, Width)], ("axis", 2L)),
        ["Pad with a constant"] = (b, x) =>
            b.Node("Pad", [x, Longs(b, 0, 1, -2, 3, 0, 0, 4, -1), b.Constant(Tensor.Scalar(0.5f))]),
        ["Pad by reflection"] = (b, x) => b.Node("Pad", [x, Longs(b, 0, 0, 2, 3, 0, 0, 4, 1)], ("mode", "reflect")),
        ["Pad with the edge"] = (b, x) => b.Node("Pad", [x, Longs(b, 0, 2, 0, 3, 0, 0, 4, 1)], ("mode", "edge")),
        ["Tile"] = (b, x) => b.Node("Tile", [x, Longs(b, 1, 2, 1, 3)]),
        ["Expand"] = (b, x) => b.Node("Expand", [b.GlobalAveragePool(x), Longs(b, 2, Channels, 3, 4)]),
        ["Transpose to tokens"] = (b, x) => b.Node("Transpose", [x], ("perm", List(0, 2, 3, 1))),
        ["Transpose of rows"] = (b, x) => b.Node("Transpose", [x], ("perm", List(3, 1, 0, 2))),
        ["DepthToSpace"] = (b, x) => b.Node("DepthToSpace", [b.Node("Concat", [x, b.Relu(x)], ("axis", 1L))], ("blocksize", 2L)),
        ["DepthToSpace by columns"] = (b, x) =>
            b.Node("DepthToSpace", [b.Node("Concat", [x, b.Relu(x)], ("axis", 1L))], ("blocksize", 2L), ("mode", "CRD")),
        ["SpaceToDepth"] = (b, x) => b.Node("SpaceToDepth", [b.Node("Concat", [x, x], ("axis", 3L))], ("blocksize", 2L)),
        ["Resize linearly"] = (b, x) => b.Node("Resize", [x, "", "", Longs(b, 1, Channels, 17, 9)], ("mode", "linear")),
        ["Resize with a cubic kernel"] = (b, x) => b.Node(
            "Resize",
            [x, "", "", Longs(b, 1, Channels, 7, 29)],
            ("mode", "cubic"),
            ("coordinate_transformation_mode", "pytorch_half_pixel")),
        ["Resize to the nearest"] = (b, x) => b.Node(
            "Resize",
            [x, "", b.Constant(Tensor.Vector(1f, 1, 2, 3))],
            ("coordinate_transformation_mode", "asymmetric"),
            ("nearest_mode", "floor")),
        ["MatMul of tokens"] = (b, x) => b.Node("MatMul", [Tokens(b, x), b.RandomConstant(0, 1, Channels, 29)]),
        ["MatMul of matrices"] = (b, x) => b.Node("MatMul", [x, b.Node("Transpose", [b.Relu(x)], ("perm", List(0, 1, 3, 2)))]),
        ["MatMul with one matrix for all"] = (b, x) => b.Node("MatMul", [b.RandomConstant(0, 1, 2, 1, 5, Height), x]),
        ["MatMul with a vector"] = (b, x) => b.Node("MatMul", [x, b.RandomConstant(0, 1, Width)]),
        ["Gemm with transposed matrices"] = (b, x) => b.Node(
            "Gemm",
            [b.Node("Reshape", [x, Longs(b, 30, 26)]), b.RandomConstant(0, 1, 31, 30), b.RandomConstant(0, 1, 31)],
            ("transA", 1L),
            ("transB", 1L),
            ("alpha", 0.5f),
            ("beta", 2f)),
        ["Einsum of attention"] = (b, x) => b.Node("Einsum", [x, b.Relu(x)], ("equation", "bhid,bhjd->bhij")),
        ["Einsum with an ellipsis"] = (b, x) => b.Node("Einsum", [x, b.RandomConstant(0, 1, Width, 5)], ("equation", "...d,de->...e")),
        ["Einsum that sums"] = (b, x) =>
            b.Node("Einsum", [x, b.Relu(x), b.RandomConstant(0, 1, Channels)], ("equation", "bchw,bchw,c->bw")),
        ["Einsum of one operand"] = (b, x) => b.Node("Einsum", [x], ("equation", "bchw->wb")),
        ["convolution of several images"] = (b, x) => b.Node(
            "Conv",
            [b.Node("Reshape", [x, Longs(b, 3, 2, Height, Width)]), b.RandomConstant(0, 0.5, 8, 1, 3, 3), b.RandomConstant(0, 1, 8)],
            ("group", 2L),
            ("strides", List(2, 1)),
            ("pads", List(1, 1, 0, 2))),
        ["convolution over one axis"] = (b, x) => b.Node(
            "Conv",
            [b.Node("Reshape", [x, Longs(b, 1, Channels, Height * Width)]), b.RandomConstant(0, 0.5, 7, Channels, 5)],
            ("dilations", List(3))),
        ["integers"] = (b, x) => Floats(
            b, b.Node("Mul", [b.Node("Add", [Integers(b, x), Integers(b, b.Relu(x))]), b.Constant(Tensor.Scalar(3L))])),
        ["CastLike"] = (b, x) => b.Node("CastLike", [Integers(b, x), x]),
        ["quantized to bytes"] = (b, x) => b.Node(
            "DequantizeLinear",
            [
                b.Node("QuantizeLinear", [x, Scale(b), b.Constant(Tensor.Scalar((byte)100))]),
                Scale(b),
                b.Constant(Tensor.Scalar((byte)100)),
            ]),
        ["quantized values that are pooled"] = (b, x) => b.Node(
            "DequantizeLinear",
            [b.Node("MaxPool", [b.Node("QuantizeLinear", [x, Scale(b), Zero(b)])], ("kernel_shape", List(2, 2))), Scale(b), Zero(b)]),
        ["quantized per channel"] = (b, x) =>
        {
            string scales = b.RandomConstant(0.02, 0.005, Channels), zeros = b.Constant(Tensor.Vector(new sbyte[Channels]));
            return b.Node("DequantizeLinear", [b.Node("QuantizeLinear", [x, scales, zeros], ("axis", 1L)), scales, zeros], ("axis", 1L));
        },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> Functions =>
    [
        "Acos", "Asin", "Atan", "Sinh", "Cosh", "Asinh", "Atanh", "Sin", "Cos", "Tan", "Exp", "Abs", "Neg", "Sign", "Floor", "Ceil",
        "Round", "Elu", "Celu", "Selu", "Softplus", "Softsign", "Mish", "Gelu", "Erf", "ThresholdedRelu", "Shrink", "HardSwish",
        "HardSigmoid",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_computes_what_ONNX_Runtime_does(string name) => ShouldAgree(Cases[name]);

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_of_elements_has_the_values_of_ONNX_Runtime(string name)
    {
        ShouldAgree((b, x) => b.Node(name, [x]));
        ShouldAgree((b, x) => b.Node(name, [Tokens(b, x)]));
    }

    private static void ShouldAgree(Func<GraphBuilder, string, string> network)
    {
        // Between two other nodes, so that the input is not the image and the output not that of the network.
        var b = new GraphBuilder("test", 21, seed: 5);
        string x = b.Node("Mul", [b.Input("x", 1, Channels, Height, Width), b.RandomConstant(1, 0.1, 1, 1, 1, Width)]);
        Graph graph = b.Output(b.Node("Mul", [network(b, x), b.Constant(Tensor.Scalar(0.75f))]), "y").Build();
        Tensor image = SeededInput.Create(new Shape(1, Channels, Height, Width), 9);
        float[] expected = OnnxRuntimeModel.Run(graph, image);

        float[] onOne = NetworkRun.Of(graph, "y", Height, Width, NetworkRun.ToNhwc(image), 1, threads: 1);
        float[] onThree = NetworkRun.Of(graph, "y", Height, Width, NetworkRun.ToNhwc(image), 1, threads: 3);

        Difference.Relative(onOne, expected).ShouldBeLessThan(1e-5);
        onThree.ShouldBe(onOne);
    }

    private static string Tokens(GraphBuilder b, string x) =>
        b.Node("Transpose", [b.Node("Reshape", [x, Longs(b, 1, Channels, Height * Width)])], ("perm", List(0, 2, 1)));

    private static string Integers(GraphBuilder b, string x) =>
        b.Node("Cast", [b.Node("Mul", [x, b.Constant(Tensor.Scalar(20f))])], ("to", 7L));

    private static string Floats(GraphBuilder b, string x) => b.Node("Cast", [x], ("to", 1L));

    private static string Longs(GraphBuilder b, params long[] values) => b.Constant(Tensor.Vector(values));

    private static string Scale(GraphBuilder b) => b.Constant(Tensor.Scalar(0.0078125f));

    private static string Zero(GraphBuilder b) => b.Constant(Tensor.Scalar((sbyte)-3));

    private static ImmutableArray<long> List(params long[] values) => [.. values];
}
