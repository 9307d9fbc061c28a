using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using DataType = TransferLearning.Protobuf.Onnx.TensorProto.Types.DataType;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public sealed class LargeWeightsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("large-weights-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(OnnxWeightType.Float32)]
    [InlineData(OnnxWeightType.Float16)]
    [InlineData(OnnxWeightType.Bfloat16)]
    [InlineData(OnnxWeightType.Int8)]
    internal void A_file_is_read_as_its_bytes_are(OnnxWeightType type)
    {
        string path = At("network.onnx");
        OnnxWriter.WriteFile(Network(), path, type);

        ShouldBeSame(OnnxReader.ReadWhole(path), OnnxReader.Read(File.ReadAllBytes(path), path));
    }

    [Fact]
    public void Large_weights_are_read_from_their_places()
    {
        string path = At("network.onnx");
        OnnxWriter.WriteFile(Network(), path);
        using FileStream file = File.OpenRead(path);

        (byte[] messages, LargeWeights weights) = LargeWeights.Divide(file)!.Value;

        messages.Length.ShouldBeLessThan(20_000);
        ModelProto model = ModelProto.Parser.ParseFrom(messages);
        for (int i = 0; i < model.Graph.Initializer.Count; i++)
        {
            (weights.PlaceOf(i) is null).ShouldBe(model.Graph.Initializer[i].HasRawData);
        }
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused_as_its_bytes_are()
    {
        byte[] whole = Bytes(Network());
        foreach (int length in new[] { 1, 10, 100, whole.Length / 3, whole.Length / 2, whole.Length - 1 })
        {
            string path = At($"{length}.onnx");
            File.WriteAllBytes(path, whole[..length]);

            Should.Throw<InvalidNetworkException>(() => OnnxReader.ReadWhole(path)).Message
                .ShouldBe(Should.Throw<InvalidNetworkException>(() => OnnxReader.Read(whole.AsMemory(0, length), path)).Message);
        }
    }

    [Fact]
    public void An_empty_file_is_no_model()
    {
        string path = At("empty.onnx");
        File.WriteAllBytes(path, []);

        Should.Throw<InvalidNetworkException>(() => OnnxReader.ReadWhole(path)).Message.ShouldContain("the file is empty");
    }

    [Fact]
    public void Weights_that_do_not_fit_their_shape_are_named()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Bytes(Network()));
        TensorProto large = model.Graph.Initializer.First(t => t.RawData.Length > 100_000);
        large.RawData = ByteString.CopyFrom(large.RawData.Span[..^8]);
        string path = At("short.onnx");
        File.WriteAllBytes(path, model.ToByteArray());

        Should.Throw<InvalidNetworkException>(() => OnnxReader.ReadWhole(path)).Message.ShouldContain(large.Name);
    }

    [Fact]
    public void Of_two_raw_data_the_last_counts()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Bytes(Network()));
        TensorProto large = model.Graph.Initializer.First(t => t.RawData.Length > 100_000);
        // The bytes of two messages after each other are one message with the fields of both.
        byte[] first = model.ToByteArray();
        var second = new ModelProto { Graph = new GraphProto() };
        second.Graph.Initializer.Add(new TensorProto
        {
            Name = large.Name,
            DataType = (int)DataType.Float,
            Dims = { large.Dims },
            RawData = ByteString.CopyFrom(new byte[large.RawData.Length]),
        });
        string path = At("parts.onnx");
        File.WriteAllBytes(path, [.. first, .. second.ToByteArray()]);

        ShouldBeSame(OnnxReader.ReadWhole(path), OnnxReader.Read(File.ReadAllBytes(path), path));
    }

    private static void ShouldBeSame(Graph graph, Graph expected)
    {
        graph.Nodes.Length.ShouldBe(expected.Nodes.Length);
        graph.Initializers.Keys.ShouldBe(expected.Initializers.Keys, ignoreOrder: true);
        foreach ((string name, Tensor tensor) in expected.Initializers)
        {
            graph.Initializers[name].Shape.ShouldBe(tensor.Shape);
            graph.Initializers[name].ToDoubles().AsSpan().SequenceEqual(tensor.ToDoubles()).ShouldBeTrue(name);
        }
    }

    /// <summary>Ten megabytes of weights, so that several threads read them, and an initializer of integers.</summary>
    private static Graph Network()
    {
        var b = new GraphBuilder("network", opset: 13, seed: 4);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 64, 4, 4), 512, 3));
        x = b.Flatten(b.GlobalAveragePool(x));
        x = b.Node("MatMul", [x, b.RandomConstant(0, 0.1, 512, 4500)]);
        long[] reversed = [.. Enumerable.Range(0, 9000).Select(i => 4499L - (i % 4500))];
        x = b.Node("Gather", [x, b.Constant(Tensor.Create(new Shape(9000), reversed))], ("axis", 1L));
        return b.Output(b.Dense(x, 10), "y").Build();
    }

    private static byte[] Bytes(Graph graph)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(graph, stream);
        return stream.ToArray();
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
