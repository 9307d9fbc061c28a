using System.Collections.Immutable;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Passes;
using DataType = TransferLearning.Runtime.Formats.Onnx.Messages.DataType;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public class WeightStorageTests
{
    [Theory]
    [InlineData(OnnxWeightType.Float16, 10, 11)]
    [InlineData(OnnxWeightType.Bfloat16, 10, 8)]
    [InlineData(OnnxWeightType.Bfloat16, 17, 8)]
    internal void Sixteen_bits_keep_each_weight_to_their_precision(OnnxWeightType type, int opset, int bits)
    {
        Graph graph = Network(opset);

        Graph copy = Copy(graph, type);

        foreach ((string name, Tensor tensor) in graph.Initializers.Where(i => i.Value.Shape.Rank >= 2))
        {
            ReadOnlySpan<float> restored = copy.Initializers[name].Floats;
            for (int i = 0; i < restored.Length; i++)
            {
                // Half of the last bit, and for float16 of its smallest numbers.
                restored[i].ShouldBe(tensor.Floats[i], Math.Max(Math.Abs(tensor.Floats[i]) * MathF.Pow(2, -bits), 3e-8f));
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(21)]
    public void A_large_tensor_that_float16_represents_exactly_is_stored_as_float16(int opset)
    {
        Graph graph = Network(opset);
        Graph rounded = Copy(graph, OnnxWeightType.Float16);

        Graph copy = PassAssert.KeepsOutputs(rounded, g => Copy(g, OnnxWeightType.Float32), tolerance: 1e-30);

        ModelProto file = ModelProto.Parser.ParseFrom(Bytes(rounded, OnnxWeightType.Float32));
        TensorProto[] halves = [.. file.Graph.Initializer.Where(t => t.DataType == (int)DataType.Float16)];
        halves.Select(t => t.Dims.Aggregate((a, b) => a * b)).Order().ShouldBe([32 * 128, 40 * 256, 128 * 256]);
        foreach (TensorProto stored in halves)
        {
            file.Graph.Node.ShouldContain(n => n.OpType == "Cast" && n.Input.Contains(stored.Name));
        }

        foreach ((string name, Tensor tensor) in rounded.Initializers)
        {
            copy.Initializers[name].Values<float>().SequenceEqual(tensor.Values<float>()).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void A_tensor_with_one_value_that_is_not_exact_in_float16_stays_float32()
    {
        Graph rounded = Copy(Network(13), OnnxWeightType.Float16);
        (string name, Tensor tensor) = rounded.Initializers.First(i => i.Value.Length == 128 * 256);
        float[] values = [.. tensor.Floats];
        values[^1] = 1.0001f;
        Graph changed = rounded with { Initializers = rounded.Initializers.SetItem(name, Tensor.Create(tensor.Shape, values)) };

        ModelProto file = ModelProto.Parser.ParseFrom(Bytes(changed, OnnxWeightType.Float32));

        file.Graph.Initializer.Single(t => t.Name == name).DataType.ShouldBe((int)DataType.Float);
    }

    [Theory]
    [InlineData(OnnxWeightType.Float16)]
    [InlineData(OnnxWeightType.Bfloat16)]
    [InlineData(OnnxWeightType.Int8)]
    internal void Biases_stay_float32(OnnxWeightType type)
    {
        Graph graph = Network(13), copy = Copy(graph, type);

        foreach ((string name, Tensor bias) in graph.Initializers.Where(i => i.Value.Shape.Rank == 1))
        {
            copy.Initializers[name].Floats.SequenceEqual(bias.Floats).ShouldBeTrue(name);
        }

        graph.Initializers.Values.ShouldContain(t => t.Shape.Rank == 1 && t.Length >= WeightStorage.MinValues);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(21)]
    public void Int8_weights_quarter_the_file_and_keep_the_outputs(int opset)
    {
        Graph graph = Network(opset);

        Graph copy = PassAssert.KeepsOutputs(graph, g => Copy(g, OnnxWeightType.Int8), tolerance: 0.03);

        Bytes(graph, OnnxWeightType.Int8).Length.ShouldBeLessThan(Bytes(graph, OnnxWeightType.Float32).Length * 3 / 10);
        copy.OpsetVersion.ShouldBe(Math.Max(opset, 13));
        copy.Nodes.Length.ShouldBe(graph.Nodes.Length);
        copy.Initializers.Keys.ShouldNotContain(name => name.EndsWith("/int8", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_output_channel_has_its_own_scale()
    {
        float[] weights = [.. Enumerable.Range(0, 256).Select(i => MathF.Pow(10, i / 64) * ((i * 37 % 64) - 31.5f))];
        var tensor = Tensor.Create(new Shape(4, 64), weights);

        (Tensor values, Tensor scales) = ChannelQuantization.Quantize(tensor, axis: 0);

        for (int c = 0; c < 4; c++)
        {
            scales.Floats[c].ShouldBe(MathF.Pow(10, c) * 31.5f / 127, MathF.Pow(10, c) * 0.01f);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            (values.Values<sbyte>()[i] * scales.Floats[i / 64]).ShouldBe(weights[i], scales.Floats[i / 64] * 0.6f);
        }
    }

    [Fact]
    public void The_channels_of_a_matrix_that_is_not_transposed_are_its_columns()
    {
        var tensor = Tensor.Create(new Shape(2, 3), [1f, 20f, 0f, -2f, 10f, 0f]);

        (Tensor values, Tensor scales) = ChannelQuantization.Quantize(tensor, axis: 1);

        scales.Floats[0].ShouldBe(2 / 127f, 1e-3f);
        scales.Floats[1].ShouldBe(20 / 127f, 1e-2f);
        scales.Floats[2].ShouldBe(1);
        values.Values<sbyte>()[2].ShouldBe((sbyte)0);
        values.Values<sbyte>()[5].ShouldBe((sbyte)0);
    }

    [Fact]
    public void A_node_with_another_meaning_in_the_required_operator_set_is_named()
    {
        var b = new GraphBuilder("old", 9, seed: 1);
        string x = b.Conv(b.Input("x", 1, 8, 4, 4), 8, 3);
        Graph graph = b.Output(b.Node("Upsample", [x, b.Constant(Tensor.Vector(1f, 1f, 2f, 2f))]), "y").Build();

        string message = Should.Throw<InvalidNetworkException>(() => Bytes(graph, OnnxWeightType.Int8)).Message;

        message.ShouldContain("upsample1");
        message.ShouldContain("float16");
        Bytes(graph, OnnxWeightType.Float16).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Attributes_that_have_become_inputs_are_converted()
    {
        var b = new GraphBuilder("old", 9, seed: 1);
        string x = b.Conv(b.Input("x", 1, 8, 5, 5), 8, 3);
        x = b.Node("Pad", [x], ("pads", Longs(0, 0, 1, 1, 0, 0, 1, 1)), ("value", 0.25f));
        x = b.Node("Clip", [x], ("max", 0.5f));
        string[] halves = b.Nodes("Split", [x], 2, ("axis", 1L), ("split", Longs(3, 5)));
        string y = b.Node("Squeeze", [b.Node("ReduceSum", [halves[1]], ("axes", Longs(2, 3)))], ("axes", Longs(2, 3)));
        y = b.Node("Softmax", [b.Node("Dropout", [b.Flatten(b.Node("Unsqueeze", [y], ("axes", Longs(2))))])]);
        Graph graph = b.Output(y, "y").Output(b.Relu(halves[0]), "z").Build();

        PassAssert.KeepsOutputs(graph, g => Copy(g, OnnxWeightType.Bfloat16), tolerance: 0.02).OpsetVersion.ShouldBe(13);
    }

    [Theory]
    [InlineData(1.0f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)]
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(-3.4e38f, 0xFF80)]
    [InlineData(float.NaN, 0xFFC0)]
    public void Bfloat16_rounds_to_the_nearest_number_and_of_two_to_the_even_one(float value, int expected)
    {
        Bfloat16(value).ShouldBe((ushort)expected);
    }

    private static ImmutableArray<long> Longs(params long[] values) => [.. values];

    private static Graph Network(int opset)
    {
        var b = new GraphBuilder("network", opset, seed: 3);
        string x = b.Relu6(b.ConvWithBias(b.Input("input", 1, 3, 32, 32), 32, 3, 2));
        x = b.Relu6(b.Conv(x, 32, 3, 1, group: 32));
        x = b.Relu(b.ConvWithBias(x, 128, 1));
        string features = b.Flatten(b.GlobalAveragePool(x));
        string hidden = b.Node("MatMul", [features, b.RandomConstant(0, 0.1, 128, 256)]);
        return b.Output(b.Node("Softmax", [b.Dense(hidden, 40)], ("axis", 1L)), "y").Build();
    }

    private static byte[] Bytes(Graph graph, OnnxWeightType type)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(graph, stream, type);
        return stream.ToArray();
    }

    private static Graph Copy(Graph graph, OnnxWeightType type) => OnnxReader.Read(Bytes(graph, type), "copy.onnx");

    private static ushort Bfloat16(float value) =>
        BitConverter.ToUInt16(
            OnnxTensors.WriteAs16Bits("t", Tensor.Vector(value), DataType.Bfloat16).ReadByGoogle<TensorProto>().RawData.Span);
}
