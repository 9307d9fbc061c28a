using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using AttributeType = TransferLearning.Protobuf.Onnx.AttributeProto.Types.AttributeType;
using DataType = TransferLearning.Protobuf.Onnx.TensorProto.Types.DataType;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public sealed class OnnxReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx-reader-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_of_another_kind_is_refused_by_name()
    {
        string path = Write("photo.onnx", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4]);

        Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(path)).Message.ShouldContain("photo.onnx");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(Write("empty.onnx", []))).Message.ShouldContain("empty");
    }

    [Fact]
    public void An_absent_file_is_an_error_of_the_file_system()
    {
        Should.Throw<FileNotFoundException>(() => OnnxReader.Read(Path.Combine(_folder.FullName, "absent.onnx")));
    }

    [SkippableTheory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_truncated_file_is_refused(double part)
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));

        Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(bytes.AsMemory(0, (int)(bytes.Length * part)), "cut.onnx"))
            .Message.ShouldContain("cut.onnx");
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(22L)]
    public void An_operator_set_out_of_range_is_refused_with_the_range(long opset)
    {
        ModelProto model = Model();
        model.OpsetImport[0].Version = opset;

        Error(model).ShouldContain($"version {opset}");
        Error(model).ShouldContain("1 to 21");
    }

    [Fact]
    public void An_unknown_operator_is_named_with_its_node_operator_set_and_file()
    {
        ModelProto model = Model();
        model.Graph.Node[0].OpType = "Loop";

        string message = Error(model);

        message.ShouldContain("Loop");
        message.ShouldContain("'first'");
        message.ShouldContain("operator set 13");
        message.ShouldContain("test.onnx");
    }

    [Fact]
    public void An_operator_of_another_domain_is_named_with_it()
    {
        ModelProto model = Model();
        model.Graph.Node[0].Domain = "ai.onnx.ml";

        Error(model).ShouldContain("'ai.onnx.ml'");
    }

    [Fact]
    public void An_unknown_attribute_is_an_error_that_lists_the_known_ones()
    {
        ModelProto model = Model();
        model.Graph.Node[0].OpType = "LeakyRelu";
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "slope", Type = AttributeType.Float, F = 1 });

        Error(model).ShouldContain("'slope'; known are alpha");
    }

    [Fact]
    public void An_unsupported_element_type_is_named()
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.String });

        Error(model).ShouldContain("'w' has elements of the type String");
    }

    [Fact]
    public void A_tensor_with_too_little_data_is_named()
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { 2, 3 }, FloatData = { 1, 2 } });

        Error(model).ShouldContain("'w' of the shape [2,3] needs 6 values, but has 2");
    }

    [Fact]
    public void A_value_that_no_node_computes_is_named()
    {
        ModelProto model = Model();
        model.Graph.Node[0].Input[0] = "nowhere";

        Error(model).ShouldContain("'nowhere'");
    }

    [Theory]
    [InlineData(DataType.Float, -2.5)]
    [InlineData(DataType.Double, -2.5)]
    [InlineData(DataType.Float16, -2.5)]
    [InlineData(DataType.Bfloat16, -2.5)]
    [InlineData(DataType.Int64, -2)]
    [InlineData(DataType.Int32, -2)]
    [InlineData(DataType.Int8, -2)]
    [InlineData(DataType.Uint8, 254)]
    [InlineData(DataType.Bool, 1)]
    internal void Each_element_type_is_read_from_raw_and_from_typed_data(DataType type, double expected)
    {
        ushort half = BitConverter.HalfToUInt16Bits((Half)(-2.5));
        ushort brain = (ushort)(BitConverter.SingleToUInt32Bits(-2.5f) >> 16);
        (byte[] raw, TensorProto typed) = type switch
        {
            DataType.Float => (BitConverter.GetBytes(-2.5f), new TensorProto { FloatData = { -2.5f } }),
            DataType.Double => (BitConverter.GetBytes(-2.5), new TensorProto { DoubleData = { -2.5 } }),
            DataType.Float16 => (BitConverter.GetBytes(half), new TensorProto { Int32Data = { half } }),
            DataType.Bfloat16 => (BitConverter.GetBytes(brain), new TensorProto { Int32Data = { brain } }),
            DataType.Int64 => (BitConverter.GetBytes(-2L), new TensorProto { Int64Data = { -2 } }),
            DataType.Int32 => (BitConverter.GetBytes(-2), new TensorProto { Int32Data = { -2 } }),
            DataType.Int8 => ([0xFE], new TensorProto { Int32Data = { -2 } }),
            DataType.Uint8 => ([0xFE], new TensorProto { Int32Data = { 254 } }),
            DataType.Bool => ([1], new TensorProto { Int32Data = { 1 } }),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type of this test"),
        };
        var fromRaw = new TensorProto { Name = "raw", DataType = (int)type, Dims = { 1 }, RawData = ByteString.CopyFrom(raw) };
        (typed.Name, typed.DataType) = ("typed", (int)type);
        typed.Dims.Add(1);
        ModelProto model = Model();
        model.Graph.Initializer.Add([fromRaw, typed]);

        Graph graph = Read(model);

        graph.Initializers["raw"].ToDoubles().ShouldBe([expected]);
        graph.Initializers["typed"].ToDoubles().ShouldBe([expected]);
    }

    [Fact]
    public void Weights_in_another_file_of_the_folder_are_read()
    {
        float[] values = [1, 2, 3, 4, 5];
        Write("weights.bin", MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        string path = Write("model.onnx", WithExternalWeights("weights.bin").ToByteArray());

        OnnxReader.Read(path).Initializers["w"].Floats.ToArray().ShouldBe([2, 3]);
    }

    [Theory]
    [InlineData("absent.bin", "missing")]
    [InlineData("../weights.bin", "not in the model's folder")]
    [InlineData("/etc/hostname", "not in the model's folder")]
    [InlineData("weights\0.bin", "NUL character")]
    public void Weights_that_are_absent_or_outside_the_folder_are_an_error(string location, string expected)
    {
        string path = Write("model.onnx", WithExternalWeights(location).ToByteArray());

        Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(path)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("9223372036854775807", "8")]
    [InlineData("16", "9223372036854775807")]
    [InlineData("-8", "8")]
    public void Weights_beyond_the_end_of_their_file_are_an_error(string offset, string length)
    {
        Write("weights.bin", new byte[20]);
        ModelProto model = WithExternalWeights("weights.bin");
        model.Graph.Initializer[0].ExternalData[1].Value = offset;
        model.Graph.Initializer[0].ExternalData[2].Value = length;
        string path = Write("model.onnx", model.ToByteArray());

        Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(path)).Message.ShouldContain("that file has 20 bytes");
    }

    [Fact]
    public void A_node_without_the_inputs_that_it_needs_is_an_error()
    {
        ModelProto model = Model();
        model.Graph.Node[0].Input[0] = "";
        Error(model).ShouldContain("'first' (Relu) lacks its input 0");

        model = Model();
        model.Graph.Node.Add(new NodeProto { OpType = "Relu", Name = "second", Input = { "y" } });
        Error(model).ShouldContain("'second' (Relu) has no output");
    }

    [Fact]
    public void A_graph_without_outputs_is_an_error()
    {
        ModelProto model = Model();
        model.Graph.Output.Clear();

        Error(model).ShouldContain("no outputs");
    }

    [Fact]
    public void A_weight_that_is_also_declared_as_an_input_is_no_input()
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)DataType.Float, Dims = { 1 }, FloatData = { 1 } });
        model.Graph.Input.Add(OnnxValues.Write(new ValueInfo("w", ElementType.Float32, new Shape(1))).ReadByGoogle<ValueInfoProto>());

        Read(model).Inputs.Select(i => i.Name).ShouldBe(["x"]);
    }

    [Fact]
    public void An_output_without_a_shape_has_the_shape_that_its_nodes_compute()
    {
        ModelProto model = Model();
        model.Graph.Output[0] = new ValueInfoProto { Name = "y" };

        Read(model).Outputs.ShouldBe([new ValueInfo("y", ElementType.Float32, new Shape(-1, 3))]);
    }

    [Fact]
    public void An_input_without_a_shape_is_named()
    {
        ModelProto model = Model();
        model.Graph.Input[0].Type.TensorType.Shape = null;

        Error(model).ShouldContain("'x' has no declared shape");
    }

    [Fact]
    public void A_constant_node_becomes_an_initializer()
    {
        ModelProto model = Model();
        model.Graph.Node.Insert(0, OnnxNodes.Write(new Node(
            "Constant", "c", [], ["c"], NodeAttributes.None.With("value_ints", ImmutableArray.Create(3L, 4)))).ReadByGoogle<NodeProto>());

        Graph graph = Read(model);

        graph.Nodes.Length.ShouldBe(1);
        graph.Initializers["c"].Values<long>().ToArray().ShouldBe([3, 4]);
    }

    [Fact]
    public void What_is_not_supported_is_read_unchecked_as_nodes_that_say_why()
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "names", DataType = (int)DataType.String });
        model.Graph.Node.Add(
            new NodeProto { OpType = "ZipMap", Domain = "ai.onnx.ml", Name = "zip", Input = { "y" }, Output = { "maps" } });
        model.Graph.Node.Add(new NodeProto { OpType = "Gather", Name = "look up", Input = { "names", "y" }, Output = { "label" } });
        model.Graph.Output.Add(new ValueInfoProto { Name = "maps" });

        Graph graph = OnnxReader.ReadUnchecked(model.ToByteArray(), "test.onnx");

        graph.Nodes.Select(n => n.UnsupportedReason is null).ShouldBe([false, true, false, true]);
        graph.Nodes[0].UnsupportedReason!.ShouldContain("'names' has elements of the type String");
        graph.Nodes[2].UnsupportedReason!.ShouldContain("the node 'zip' uses the operator ZipMap of the domain 'ai.onnx.ml'");
        graph.Outputs[0].ShouldBe(new ValueInfo("y", ElementType.Float32, new Shape(-1, 3)));
        graph.Outputs[1].Type.ShouldBe(ElementType.Unsupported);
        Error(model).ShouldContain("String");
    }

    [Fact]
    public void Half_precision_inputs_and_conversions_are_float32()
    {
        ModelProto model = Model();
        model.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Float16;
        model.Graph.Node[0] = new NodeProto
        {
            OpType = "Cast",
            Input = { "x" },
            Output = { "y" },
            Attribute = { new AttributeProto { Name = "to", Type = AttributeType.Int, I = (long)DataType.Float16 } },
        };
        model.Graph.Output[0] = new ValueInfoProto { Name = "y" };

        Graph graph = Read(model);

        graph.Inputs[0].Type.ShouldBe(ElementType.Float32);
        graph.Outputs[0].Type.ShouldBe(ElementType.Float32);
    }

    private static ModelProto Model() => new()
    {
        IrVersion = 7,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 13 } },
        Graph = new GraphProto
        {
            Name = "test",
            Input = { OnnxValues.Write(new ValueInfo("x", ElementType.Float32, new Shape(-1, 3))).ReadByGoogle<ValueInfoProto>() },
            Output = { OnnxValues.Write(new ValueInfo("y", ElementType.Float32, new Shape(-1, 3))).ReadByGoogle<ValueInfoProto>() },
            Node = { new NodeProto { OpType = "Relu", Name = "first", Input = { "x" }, Output = { "y" } } },
        },
    };

    private static ModelProto WithExternalWeights(string location)
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)DataType.Float,
            Dims = { 2 },
            DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData =
            {
                new StringStringEntryProto { Key = "location", Value = location },
                new StringStringEntryProto { Key = "offset", Value = "4" },
                new StringStringEntryProto { Key = "length", Value = "8" },
            },
        });
        return model;
    }

    private static Graph Read(ModelProto model) => OnnxReader.Read(model.ToByteArray(), "test.onnx");

    private static string Error(ModelProto model) => Should.Throw<InvalidNetworkException>(() => Read(model)).Message;

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
