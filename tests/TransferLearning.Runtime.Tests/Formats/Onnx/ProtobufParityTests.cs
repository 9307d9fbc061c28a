using System.Text;
using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using DataType = TransferLearning.Protobuf.Onnx.TensorProto.Types.DataType;
using Messages = TransferLearning.Runtime.Formats.Onnx.Messages;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

/// <summary>Files are read and written as Google.Protobuf, the reference, reads and writes them.</summary>
public sealed class ProtobufParityTests
{
    [Theory]
    [InlineData(OnnxWeightType.Float32)]
    [InlineData(OnnxWeightType.Float16)]
    [InlineData(OnnxWeightType.Bfloat16)]
    [InlineData(OnnxWeightType.Int8)]
    internal void Google_writes_the_same_bytes_as_this_library(OnnxWeightType type)
    {
        byte[] written = Bytes(Network(), type);

        ModelProto model = ModelProto.Parser.ParseFrom(written);

        // Google writes fields in the order of their numbers, and keeps what it does not know.
        model.ToByteArray().ShouldBe(written);
        model.Graph.Node.Count.ShouldBeGreaterThan(3);
        model.MetadataProps.Single().Value.ShouldBe("a value of its own: \u00E4");
    }

    [Fact]
    public void Each_field_is_read_as_Google_wrote_it()
    {
        ModelProto written = ModelProto.Parser.ParseFrom(Bytes(Network(), OnnxWeightType.Float32));
        var tensor = new TensorProto
        {
            Name = "t",
            DataType = (int)DataType.Double,
            Dims = { -1, long.MaxValue },
            FloatData = { 1, float.NaN },
            Int32Data = { -1, int.MinValue, 70_000 },
            Int64Data = { -1, long.MinValue },
            DoubleData = { double.Epsilon, -1 },
            ExternalData = { new StringStringEntryProto { Key = "k", Value = "v" } },
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        written.Graph.Initializer.Add(tensor);

        Messages.GraphProto graph = Read(written.ToByteArray()).Graph!;

        graph.Name.ShouldBe(written.Graph.Name);
        graph.Input.Select(i => i.Type!.TensorType!.Shape!.Dim.Select(d => d.DimValue))
            .ShouldBe(written.Graph.Input.Select(i => i.Type.TensorType.Shape.Dim.Select(d => d.DimValue)));
        graph.Node.Select(n => $"{n.Name} {n.OpType} {string.Join(' ', n.Input)} {string.Join(' ', n.Output)}")
            .ShouldBe(written.Graph.Node.Select(n => $"{n.Name} {n.OpType} {string.Join(' ', n.Input)} {string.Join(' ', n.Output)}"));
        foreach ((Messages.AttributeProto actual, AttributeProto expected) in graph.Node.SelectMany(n => n.Attribute)
            .Zip(written.Graph.Node.SelectMany(n => n.Attribute)))
        {
            actual.Name.ShouldBe(expected.Name);
            ((int?)actual.Type).ShouldBe((int)expected.Type);
            actual.F.ShouldBe(expected.HasF ? expected.F : null);
            actual.I.ShouldBe(expected.HasI ? expected.I : null);
            actual.S.ShouldBe(expected.HasS ? expected.S.ToStringUtf8() : null);
            actual.Ints.ToArray().ShouldBe(expected.Ints);
            actual.Floats.ToArray().ShouldBe(expected.Floats);
            actual.Strings.ShouldBe(expected.Strings.Select(s => s.ToStringUtf8()));
        }

        Messages.TensorProto last = graph.Initializer[^1];
        last.Dims.ToArray().ShouldBe(tensor.Dims);
        last.FloatData.ToArray().ShouldBe(tensor.FloatData);
        last.Int32Data.ToArray().ShouldBe(tensor.Int32Data);
        last.Int64Data.ToArray().ShouldBe(tensor.Int64Data);
        last.DoubleData.ToArray().ShouldBe(tensor.DoubleData);
        last.ExternalData.Single().Value.ShouldBe("v");
        last.DataLocation.ShouldBe(Messages.DataLocation.External);
        last.RawData.ShouldBeNull();
        for (int i = 0; i < graph.Initializer.Count - 1; i++)
        {
            graph.Initializer[i].RawData!.Value.ToArray().ShouldBe(written.Graph.Initializer[i].RawData.ToByteArray());
        }
    }

    [Fact]
    public void Parts_of_a_message_are_merged_as_Google_merges_them()
    {
        byte[] first = new ModelProto { IrVersion = 7, Graph = new GraphProto { Name = "a", Node = { new NodeProto { Name = "n" } } } }
            .ToByteArray();
        byte[] second = new ModelProto { IrVersion = 8, Graph = new GraphProto { Node = { new NodeProto { Name = "m" } } } }.ToByteArray();
        byte[] both = [.. first, .. second];
        ModelProto expected = ModelProto.Parser.ParseFrom(both);

        Messages.ModelProto actual = Read(both);

        actual.IrVersion.ShouldBe(expected.IrVersion);
        actual.Graph!.Name.ShouldBe(expected.Graph.Name);
        actual.Graph.Node.Select(n => n.Name).ShouldBe(expected.Graph.Node.Select(n => n.Name));
    }

    [Fact]
    public void A_text_that_is_not_UTF_8_is_refused_as_Google_refuses_it()
    {
        byte[] bytes = WithByte(new ModelProto { ProducerName = "abcd" }, "bc", 0xFF);

        Should.Throw<InvalidProtocolBufferException>(() => ModelProto.Parser.ParseFrom(bytes));
        Should.Throw<WireFormatException>(() => Read(bytes)).Message.ShouldBe("the field 2 is no text in UTF-8");
    }

    [Fact]
    public void The_text_of_an_attribute_is_of_any_bytes()
    {
        var attribute = new AttributeProto { Name = "a", S = ByteString.CopyFromUtf8("abcd") };
        byte[] bytes = WithByte(attribute, "bc", 0xFF);
        var read = new Messages.AttributeProto();

        read.Merge(bytes);

        read.S.ShouldBe(AttributeProto.Parser.ParseFrom(bytes).S.ToStringUtf8());
    }

    [Fact]
    public void Damage_that_Google_finds_is_found()
    {
        byte[] whole = Bytes(Network(), OnnxWeightType.Float16);
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = whole[..(random.Next(3) == 0 ? random.Next(1, whole.Length) : whole.Length)];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            if (GoogleRefuses(damaged))
            {
                Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(damaged, "damaged.onnx"));
            }
        }
    }

    private static bool GoogleRefuses(byte[] bytes)
    {
        try
        {
            ModelProto.Parser.ParseFrom(bytes);
            return false;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>The bytes of a message in which one byte is another: the first of a text.</summary>
    private static byte[] WithByte(IMessage message, string text, byte value)
    {
        byte[] bytes = message.ToByteArray();
        bytes[Encoding.ASCII.GetString(bytes).IndexOf(text, StringComparison.Ordinal)] = value;
        return bytes;
    }

    private static Messages.ModelProto Read(byte[] bytes)
    {
        var model = new Messages.ModelProto();
        model.Merge(bytes);
        return model;
    }

    private static byte[] Bytes(Graph graph, OnnxWeightType type)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(graph, stream, type);
        return stream.ToArray();
    }

    private static Graph Network()
    {
        var b = new GraphBuilder("network", opset: 13, seed: 4);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 3, 8, 8), 16, 3));
        x = b.Flatten(b.GlobalAveragePool(x));
        x = b.Node("MatMul", [x, b.RandomConstant(0, 0.1, 16, 20)]);
        x = b.Node("LeakyRelu", [x], ("alpha", 0.25f));
        x = b.Node("Gather", [x, b.Constant(Tensor.Create(new Shape(3), [2L, 1L, -1L]))], ("axis", -1L));
        Graph graph = b.Output(b.Dense(x, 10), "y").Build();
        return graph with { Metadata = graph.Metadata.Add("key", "a value of its own: \u00E4") };
    }
}
