using TransferLearning.Protobuf.TensorFlow;
using TransferLearning.Runtime.Formats.TensorFlow;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using static TransferLearning.Runtime.Tests.Formats.TensorFlow.GraphDefBuilder;

namespace TransferLearning.Runtime.Tests.Formats.TensorFlow;

public class TensorFlowNetworkTests
{
    [SkippableTheory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(0.9999)]
    public void A_truncated_file_is_refused(double part)
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Find("models", "tensorflow", "mobilenet_v2.meta"));

        Should.Throw<InvalidNetworkException>(() => TensorFlowNetwork.Read(bytes.AsMemory(0, (int)(bytes.Length * part)), "cut.meta"))
            .Message.ShouldContain("cut.meta");
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0x0A, 0x00 })]
    public void A_file_of_another_kind_is_refused_by_name(byte[] bytes)
    {
        Should.Throw<InvalidNetworkException>(() => TensorFlowNetwork.Read(bytes, "photo.pb")).Message.ShouldContain("photo.pb");
    }

    [SkippableFact]
    public void An_ONNX_file_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));

        Should.Throw<InvalidNetworkException>(() => TensorFlowNetwork.Read(bytes, "wrong.pb")).Message.ShouldContain("wrong.pb");
    }

    [SkippableFact]
    public void The_shared_network_needs_no_transposition()
    {
        var graph = TensorFlowNetwork.Read(SharedFiles.Find("models", "tensorflow", "mobilenet_v2.meta")).ToGraph();

        graph.Inputs.ShouldBe([new ValueInfo("import/input", ElementType.Float32, new Shape(-1, 3, 224, 224))]);
        graph.Outputs.ShouldBe([new ValueInfo("import/MobilenetV2/Logits/Squeeze", ElementType.Float32, new Shape(-1, 1001))]);
        graph.Nodes.ShouldNotContain(n => n.OperatorName == "Transpose" || n.OperatorName == "Reshape");
    }

    [Fact]
    public void An_unknown_operator_is_named_with_its_node_and_file()
    {
        string message = new GraphDefBuilder(-1, 2, 2, 1).Node("FancyOp", "fancy", ["x"]).Error();

        message.ShouldContain("'fancy'");
        message.ShouldContain("FancyOp");
        message.ShouldContain("test.pb");
    }

    [Fact]
    public void A_variable_asks_for_a_frozen_graph()
    {
        new GraphDefBuilder(-1, 2, 2, 1).Node("VariableV2", "w", []).Node("Mul", "y", ["x", "w"]).Error().ShouldContain("freeze the graph");
    }

    [Fact]
    public void A_node_that_is_not_in_the_file_is_named()
    {
        new GraphDefBuilder(-1, 2, 2, 1).Node("Mul", "y", ["x", "lost"]).Error().ShouldContain("'lost' is not in the file");
    }

    [Fact]
    public void A_loop_is_refused()
    {
        new GraphDefBuilder(-1, 2, 2, 1).Node("Add", "a", ["x", "b"]).Node("Relu", "b", ["a"]).Error("b").ShouldContain("loops");
    }

    [Fact]
    public void Several_outputs_are_listed_and_one_can_be_chosen()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 1).Node("Relu", "first", ["x"]).Node("Neg", "second", ["x"]);

        graph.Error().ShouldContain("'first', 'second'");
        graph.Run([1, 1, 1, 1], [2], "second:0").Floats.ToArray().ShouldBe([-2]);
    }

    [Fact]
    public void Several_image_placeholders_are_listed_and_an_inner_node_can_be_fed()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 1)
            .Node("Placeholder", "other", [], ("dtype", OfType(DataType.DtFloat)))
            .Node("Add", "sum", ["x", "other"])
            .Node("Relu", "y", ["sum"]);

        graph.Error().ShouldContain("'x', 'other'");
        graph.Read("y", "sum").Inputs.ShouldHaveSingleItem().Name.ShouldBe("sum");
        Should.Throw<InvalidNetworkException>(() => graph.Read("y", "x")).Message.ShouldContain("'other' is a second input");
    }

    [Fact]
    public void A_placeholder_without_a_shape_takes_color_images_of_any_size()
    {
        GraphDefBuilder graph = new GraphDefBuilder().Node("Relu", "y", ["x"]);

        graph.Read().Inputs[0].Shape.ShouldBe(new Shape(-1, 3, -1, -1));
        graph.Read().Outputs[0].Shape.ShouldBe(new Shape(-1, 3, -1, -1));
    }

    [Theory]
    [InlineData("Const")]
    [InlineData("Placeholder")]
    [InlineData("PlaceholderWithDefault")]
    public void The_branch_for_training_is_left_out_whatever_its_nodes(string flag)
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 1)
            .Constant("false", Boolean(false))
            .Node(flag, "training", flag == "PlaceholderWithDefault" ? ["false"] : [], Attributes(flag))
            .Node("Identity", "flag", ["training"])
            .Node("Switch", "guard", ["flag", "flag"])
            .Node("Identity", "guard_true", ["guard:1"])
            .Constant("shape", new TensorProto { Dtype = DataType.DtInt32, TensorShape = Extents(1).Shape, IntVal = { 1 } }, "^guard_true")
            .Node("RandomUniform", "noise", ["shape"])
            .Node("Switch", "choice", ["x", "flag"])
            .Node("Mul", "trained", ["choice:1", "noise"])
            .Node("Neg", "inferred", ["choice"])
            .Node("Merge", "merged", ["trained", "inferred"])
            .Node("Relu", "y", ["merged"]);

        graph.Run([1, 1, 1, 1], [-3], "y").Floats.ToArray().ShouldBe([3]);
    }

    [Fact]
    public void A_switch_by_a_computed_value_is_refused()
    {
        new GraphDefBuilder(-1, 1, 1, 1)
            .Node("Greater", "flag", ["x", "x"])
            .Node("Switch", "choice", ["x", "flag"])
            .Node("Merge", "y", ["choice", "choice:1"])
            .Error("y").ShouldContain("'choice' (Switch): its condition 'flag' (Greater) is not constant");
    }

    [Fact]
    public void Nodes_that_only_run_first_have_no_effect()
    {
        new GraphDefBuilder(-1, 1, 1, 1)
            .Node("NoOp", "init", [])
            .Node("Relu", "y", ["x", "^init", "^absent"])
            .Run([1, 1, 1, 1], [4]).Floats.ToArray().ShouldBe([4]);
    }

    [Theory]
    [InlineData(DataType.DtFloat)]
    [InlineData(DataType.DtDouble)]
    [InlineData(DataType.DtHalf)]
    [InlineData(DataType.DtBfloat16)]
    [InlineData(DataType.DtInt32)]
    [InlineData(DataType.DtInt64)]
    [InlineData(DataType.DtInt8)]
    [InlineData(DataType.DtInt16)]
    internal void Each_element_type_is_read_and_its_last_value_repeats(DataType type)
    {
        TensorProto proto = type switch
        {
            DataType.DtFloat => new TensorProto { FloatVal = { 5, -2 } },
            DataType.DtDouble => new TensorProto { DoubleVal = { 5, -2 } },
            DataType.DtHalf => new TensorProto { HalfVal = { 0x4500, 0xC000 } },
            DataType.DtBfloat16 => new TensorProto { HalfVal = { 0x40A0, 0xC000 } },
            DataType.DtInt64 => new TensorProto { Int64Val = { 5, -2 } },
            DataType.DtInt32 or DataType.DtInt16 or DataType.DtInt8 => new TensorProto { IntVal = { 5, -2 } },
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of this test"),
        };
        (proto.Dtype, proto.TensorShape) = (type, Extents(2, 2).Shape);

        Tensor(proto).ToDoubles().ShouldBe([5, -2, -2, -2]);
    }

    [Fact]
    public void A_few_bytes_cannot_ask_for_much_memory()
    {
        var proto = new TensorProto { Dtype = DataType.DtFloat, TensorShape = Extents(1 << 15, 1 << 15).Shape, FloatVal = { 1 } };

        Should.Throw<InvalidNetworkException>(() => Tensor(proto)).Message.ShouldContain("repeats");
    }

    [Fact]
    public void Bytes_that_do_not_fill_the_shape_are_refused()
    {
        var proto = new TensorProto
        {
            Dtype = DataType.DtFloat,
            TensorShape = Extents(2).Shape,
            TensorContent = Google.Protobuf.ByteString.CopyFrom(1, 2, 3, 4),
        };

        Should.Throw<InvalidNetworkException>(() => Tensor(proto)).Message.ShouldContain("needs 8 bytes, but has 4");
    }

    private static Tensor Tensor(TensorProto proto) =>
        TensorFlowTensors.Read(proto.ReadAs<Runtime.Formats.TensorFlow.Messages.TensorProto>(), "it");

    private static TensorProto Boolean(bool value) => new() { Dtype = DataType.DtBool, TensorShape = Extents().Shape, BoolVal = { value } };

    private static (string Name, AttrValue Value)[] Attributes(string operatorName) => operatorName == "Const"
        ? [("value", new AttrValue { Tensor = Boolean(false) })]
        : [("dtype", OfType(DataType.DtBool))];
}
