using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public sealed class OnnxWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx-writer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx")]
    [InlineData("compact_v0.onnx")]
    public void A_network_that_is_written_and_read_again_is_the_same(string file)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));
        graph = graph with { Metadata = graph.Metadata.SetItem("labels", "cat\ndog, \"ü\"") };
        string path = Path.Combine(_folder.FullName, "copy.onnx");

        OnnxWriter.WriteFile(graph, path);
        Graph copy = OnnxReader.Read(path);

        copy.OpsetVersion.ShouldBe(graph.OpsetVersion);
        copy.Metadata.ShouldBe(graph.Metadata);
        copy.Inputs.ShouldBe(graph.Inputs);
        copy.Outputs.ShouldBe(graph.Outputs);
        copy.Nodes.Select(Describe).ShouldBe(graph.Nodes.Select(Describe));
        copy.Initializers.Keys.Order().ShouldBe(graph.Initializers.Keys.Order());
        foreach ((string name, Tensor tensor) in graph.Initializers)
        {
            copy.Initializers[name].Shape.ShouldBe(tensor.Shape);
            copy.Initializers[name].ToDoubles().ShouldBe(tensor.ToDoubles());
        }
    }

    [SkippableFact]
    public void Weights_stored_as_float16_halve_the_file_and_keep_the_features()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));
        var golden = GoldenOutputs.Of("mobilenet_v1_0.25_128.onnx");
        using var stream = new MemoryStream();

        OnnxWriter.Write(graph, stream, OnnxWeightType.Float16);
        Graph copy = OnnxReader.Read(stream.ToArray(), "copy");

        stream.Length.ShouldBeLessThan(new FileInfo(SharedFiles.Network("mobilenet_v1_0.25_128.onnx")).Length * 52 / 100);
        var feeds = new Dictionary<string, Tensor> { [copy.Inputs[0].Name] = golden.CreateInput() };
        Tensor features = GraphEvaluator.Run(copy, feeds)["features"];
        Difference.Relative(features.Floats, golden.Features).ShouldBeInRange(1e-6, 1e-2);
    }

    [Fact]
    public void Weights_beyond_the_range_of_float16_stay_float32()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => i * 1000f)];
        Graph graph = Clipping();
        graph = graph with { Initializers = graph.Initializers.Add("large", Tensor.Vector(values)) };
        using var stream = new MemoryStream();

        OnnxWriter.Write(graph, stream, OnnxWeightType.Float16);

        OnnxReader.Read(stream.ToArray(), "copy").Initializers["large"].Floats.ToArray().ShouldBe(values);
    }

    [Fact]
    public void A_graph_that_cannot_be_written_leaves_the_old_file_as_it_was()
    {
        string path = Path.Combine(_folder.FullName, "model.onnx");
        File.WriteAllText(path, "old");
        Graph broken = Clipping() with { Initializers = ImmutableDictionary<string, Tensor>.Empty };

        Should.Throw<InvalidNetworkException>(() => OnnxWriter.WriteFile(broken, path)).Message.ShouldContain("limit");

        File.ReadAllText(path).ShouldBe("old");
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public void A_folder_that_is_absent_is_an_error_of_the_file_system()
    {
        Should.Throw<IOException>(() => OnnxWriter.WriteFile(Clipping(), Path.Combine(_folder.FullName, "absent", "model.onnx")));
    }

    [Fact]
    public void An_operator_newer_than_the_operator_set_is_refused()
    {
        Graph graph = Clipping();
        graph = graph with { Nodes = [graph.Nodes[0] with { OperatorName = "HardSwish", Inputs = ["x"] }] };

        Should.Throw<InvalidNetworkException>(() => OnnxWriter.Write(graph, Stream.Null)).Message.ShouldContain("operator set 11");
    }

    [Fact]
    public void A_graph_of_a_newer_operator_set_is_refused() =>
        Should.Throw<InvalidNetworkException>(() => OnnxWriter.Write(Clipping() with { OpsetVersion = 22 }, Stream.Null))
            .Message.ShouldContain("operator set 22");

    [Fact]
    public void A_value_that_a_graph_of_a_node_uses_by_its_former_name_keeps_that_name()
    {
        Graph graph = Clipping() with { OpsetVersion = 13 };
        var choice = new Node("If", "choice", ["y", "x"], ["z"], NodeAttributes.None)
        {
            Foreign = new ForeignNode("", [], ["former"]),
        };
        graph = graph with { Nodes = graph.Nodes.Add(choice), Outputs = [graph.Outputs[0] with { Name = "z" }] };

        using var stream = new MemoryStream();
        OnnxWriter.Write(graph, stream);
        Graph copy = OnnxReader.ReadUnchecked(stream.ToArray(), "copy.onnx");

        copy.Nodes.Select(n => n.OperatorName).ShouldBe(["Clip", "Identity", "If"]);
        copy.Nodes[1].Inputs.ShouldBe(["x"]);
        copy.Nodes[1].Outputs.ShouldBe(["former"]);
        copy.Nodes[2].Inputs.ShouldBe(["y"]);
    }

    private static Graph Clipping() => new()
    {
        Name = "clipping",
        OpsetVersion = 11,
        Inputs = [new ValueInfo("x", ElementType.Float32, new Shape(-1, 3))],
        Outputs = [new ValueInfo("y", ElementType.Float32, new Shape(-1, 3))],
        Nodes = [new Node("Clip", "clip", ["x", "", "limit"], ["y"], NodeAttributes.None)],
        Initializers = ImmutableDictionary<string, Tensor>.Empty.Add("limit", Tensor.Scalar(6f)),
    };

    private static string Describe(Node node)
    {
        IEnumerable<string> attributes = node.Attributes.Names.Select(n => $"{n}={Text(node.Attributes[n])}");
        string values = $"{string.Join(',', node.Inputs)} -> {string.Join(',', node.Outputs)}";
        return $"{node.OperatorName} {node.Name} {values} {string.Join(' ', attributes)}";
    }

    private static string Text(object value) => value switch
    {
        ImmutableArray<long> integers => string.Join(',', integers),
        ImmutableArray<float> floats => string.Join(',', floats),
        _ => value.ToString()!,
    };
}
