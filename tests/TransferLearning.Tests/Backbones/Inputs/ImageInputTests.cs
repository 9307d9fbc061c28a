using System.Collections.Immutable;
using Google.Protobuf;
using TransferLearning.Backbones;
using TransferLearning.Backbones.Inputs;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Formats;
using DataType = TransferLearning.Runtime.Formats.Onnx.Messages.DataType;

namespace TransferLearning.Tests.Backbones.Inputs;

public class ImageInputTests
{
    private const int Side = 32;

    [SkippableTheory]
    [InlineData("nhwc.onnx")]
    [InlineData("nhwc_dyn.onnx")]
    [InlineData("customvision.onnx")]
    [InlineData("include_top_false.onnx")]
    public void A_network_in_another_form_has_the_features_of_its_original(string file)
    {
        var original = Backbone.FromFile(SharedData.Network("mobilenet_v1_0.25_128.onnx"));
        var variant = Backbone.FromFile(
            SharedData.Case(Path.Combine("data-2026-11", "18-onnx", file)),
            new BackboneOptions { InputSize = 128, Normalization = original.Preprocessing.Normalization });
        var photos = ImageDataset.FromFiles(SharedData.Photos(4));

        float[] expected = new BottleneckExtractor(original).Extract(photos).Bottlenecks.Values.ToArray();
        float[] actual = new BottleneckExtractor(variant).Extract(photos).Bottlenecks.Values.ToArray();

        actual.Length.ShouldBe(expected.Length);
        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-4f * expected.Max());
    }

    [SkippableFact]
    public void A_network_of_float16_is_computed_as_float32()
    {
        string path = SharedData.Network("mobilenet_v1_0.25_128.onnx");
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        Graph graph = OnnxReader.Read(path);
        model.Graph.Input[0].Type.TensorType.ElemType = (int)DataType.Float16;
        model.Graph.Output[0].Type.TensorType.ElemType = (int)DataType.Float16;
        model.Graph.Initializer.Clear();
        model.Graph.Initializer.Add(graph.Initializers.Select(
            i => OnnxTensors.WriteAs16Bits(i.Key, i.Value, DataType.Float16).ReadByGoogle<TensorProto>()));
        var half = Backbone.FromGraph("half", OnnxReader.Read(model.ToByteArray(), "half.onnx"), new BackboneOptions());

        float[] expected = NetworkRun.Of(Backbone.FromFile(path));

        NetworkRun.Of(half).Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-2f * expected.Max());
    }

    [Fact]
    public void An_input_behind_the_features_does_not_matter_and_one_before_them_is_named()
    {
        Graph graph = Tiny();
        var threshold = new ValueInfo("threshold", ElementType.Float32, Shape.Scalar);
        Graph behind = graph with
        {
            Inputs = [threshold, .. graph.Inputs],
            Nodes = [.. graph.Nodes, new Node("Greater", "compare", ["features", "threshold"], ["y"], NodeAttributes.None)],
        };
        Graph before = Before(graph, "Add", null) with { Inputs = behind.Inputs };
        before = before with { Nodes = [before.Nodes[0] with { Inputs = ["input", "threshold"] }, .. before.Nodes[1..]] };

        NetworkRun.Of(Load(behind)).ShouldBe(NetworkRun.Of(Load(graph)));
        Should.Throw<InvalidNetworkException>(() => Load(before)).Message.ShouldContain("depends on the input 'threshold'");
    }

    [Theory]
    [InlineData(1, Side, Side, 3)]
    [InlineData(-1, Side, Side, 3)]
    [InlineData(-1, -1, -1, 3)]
    [InlineData(-1, -1, -1, -1)]
    public void Channels_last_are_recognized_and_cost_nothing(params int[] shape)
    {
        Graph graph = Tiny();
        Backbone expected = Load(graph);

        Backbone actual = Load(ChannelsLast(graph, shape));

        actual.Graph.Nodes.Select(n => n.OperatorName).ShouldBe(expected.Graph.Nodes.Select(n => n.OperatorName));
        NetworkRun.Of(actual).ShouldBe(NetworkRun.Of(expected));
    }

    [Theory]
    [InlineData(-1, 3, -1, -1)]
    [InlineData(-1, -1, -1, -1)]
    [InlineData(1, -1, Side, Side)]
    public void Channels_first_are_recognized_where_extents_are_open(params int[] shape)
    {
        Graph graph = Tiny();

        Backbone actual = Load(graph with { Inputs = [graph.Inputs[0] with { Shape = new Shape(shape) }] });

        NetworkRun.Of(actual).ShouldBe(NetworkRun.Of(Load(graph)));
    }

    [Fact]
    public void Arithmetic_on_channels_last_becomes_arithmetic_on_channels_first()
    {
        Graph graph = Tiny();
        Graph normalizing = ChannelsLast(graph, [-1, Side, Side, 3], "Sub", Tensor.Vector(0.1f, 0.2f, 0.3f));
        Graph expected = Before(graph, "Sub", Tensor.Create(new Shape(1, 3, 1, 1), [0.1f, 0.2f, 0.3f]));

        Backbone actual = Load(normalizing);

        actual.Graph.Nodes.ShouldNotContain(n => n.OperatorName == "Transpose");
        NetworkRun.Of(actual).ShouldBe(NetworkRun.Of(Load(expected)));
    }

    [Fact]
    public void Bytes_that_are_converted_are_read_as_pixel_values()
    {
        Graph graph = Tiny();
        Graph bytes = Before(graph, "Cast", null, ElementType.UInt8);
        Graph lastBytes = ChannelsLast(bytes, [-1, Side, Side, 3]);

        foreach (Graph variant in (Graph[])[bytes, lastBytes])
        {
            var actual = Backbone.FromGraph("bytes", variant, new BackboneOptions { InputSize = Side });

            actual.Preprocessing.Normalization.ShouldBe(PixelNormalization.None);
            actual.Graph.Nodes.ShouldNotContain(n => n.OperatorName == "Cast");
            NetworkRun.Of(actual, 255).ShouldBe(NetworkRun.Of(Load(graph), 255));
        }
    }

    [Fact]
    public void Bytes_in_NHWC_that_the_network_normalizes_are_normalized_once()
    {
        var mean = Tensor.Create(new Shape(1, 3, 1, 1), [0.485f, 0.456f, 0.406f]);
        Graph normalizing = Before(Before(Tiny(), "Sub", mean), "Div", Tensor.Scalar(255f));
        Graph bytes = ChannelsLast(Before(normalizing, "Cast", null, ElementType.UInt8), [-1, -1, -1, 3]);

        Backbone actual = Load(bytes);

        actual.Preprocessing.Normalization.ShouldBe(PixelNormalization.None);
        actual.Graph.Nodes.Take(3).Select(n => n.OperatorName).ShouldBe(["Div", "Sub", "Conv"]);
        NetworkRun.Of(actual, 255).ShouldBe(NetworkRun.Of(Load(normalizing), 255));
    }

    [Fact]
    public void A_network_that_computes_with_bytes_is_refused_with_the_node()
    {
        Graph graph = Tiny();
        Graph bytes = graph with { Inputs = [graph.Inputs[0] with { Type = ElementType.UInt8 }] };

        Should.Throw<InvalidNetworkException>(() => Load(bytes)).Message.ShouldContain("(Conv) computes with UInt8 pixels");
    }

    [Fact]
    public void An_input_that_takes_no_images_is_listed()
    {
        Graph graph = Tiny();
        Graph gray = graph with { Inputs = [graph.Inputs[0] with { Shape = new Shape(-1, 1, 28, 28) }] };

        Should.Throw<InvalidNetworkException>(() => Load(gray)).Message.ShouldContain("input Float32[?,1,28,28]");
    }

    [Theory]
    [InlineData("Div", 255f, 0f, 255f)]
    [InlineData("Mul", 1 / 255f, 0f, 255f)]
    [InlineData("Sub", 127.5f, 0f, 255f)]
    [InlineData("Sub", 0.485f, 0f, 1f)]
    [InlineData("Mul", 255f, 0f, 1f)]
    [InlineData("Add", -0.5f, 0f, 1f)]
    [InlineData("Relu", 0f, -1f, 1f)]
    public void The_first_nodes_tell_the_range_of_pixel_values(string operatorName, float constant, float smallest, float largest)
    {
        Graph graph = Before(Tiny(), operatorName, operatorName == "Relu" ? null : Tensor.Scalar(constant));

        PixelNormalization actual = Load(graph).Preprocessing.Normalization;

        ((0 - actual.MeanR) / actual.ScaleR).ShouldBe(smallest);
        ((255 - actual.MeanR) / actual.ScaleR).ShouldBe(largest);
    }

    [Fact]
    public void What_the_user_says_goes_before_the_first_nodes()
    {
        Graph graph = Before(Tiny(), "Div", Tensor.Scalar(255f));

        Backbone.FromGraph("given", graph, new BackboneOptions { Normalization = PixelNormalization.ZeroToOne })
            .Preprocessing.Normalization.ShouldBe(PixelNormalization.ZeroToOne);
    }

    [Fact]
    public void A_scale_and_a_mean_in_the_network_are_seen_together()
    {
        Graph graph = Before(Before(Tiny(), "Sub", Tensor.Scalar(0.485f)), "Div", Tensor.Scalar(255f));

        FirstNodes.Expected(graph).ShouldBe(PixelNormalization.None);
    }

    private static Graph Tiny()
    {
        var b = new GraphBuilder("tiny", opset: 13, seed: 1);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 3, Side, Side), 16, 3, 2));
        return b.Output(b.Flatten(b.GlobalAveragePool(x)), "features").Build();
    }

    private static Backbone Load(Graph graph) => Backbone.FromGraph("tiny", graph, new BackboneOptions { InputSize = Side });

    /// <summary>The network with a node before it, whose second operand is constant.</summary>
    private static Graph Before(Graph graph, string operatorName, Tensor? constant, ElementType type = ElementType.Float32)
    {
        string name = $"before{graph.Nodes.Length}", operand = $"{name}/constant";
        NodeAttributes attributes = operatorName == "Cast" ? NodeAttributes.None.With("to", 1L) : NodeAttributes.None;
        ImmutableArray<string> inputs = constant is null ? ["input"] : ["input", operand];
        return Redirected(graph, name) with
        {
            Inputs = [graph.Inputs[0] with { Type = type }],
            Nodes = [new Node(operatorName, name, inputs, [name], attributes), .. Redirected(graph, name).Nodes],
            Initializers = constant is null ? graph.Initializers : graph.Initializers.Add(operand, constant),
        };
    }

    /// <summary>The network as TensorFlow's converter writes it: NHWC, arithmetic on that, then a Transpose.</summary>
    private static Graph ChannelsLast(Graph graph, int[] shape, string? operatorName = null, Tensor? constant = null)
    {
        var transpose = new Node(
            "Transpose", "nchw", ["input"], ["nchw"], NodeAttributes.None.With("perm", ImmutableArray.Create(0L, 3, 1, 2)));
        Graph redirected = Redirected(graph, "nchw");
        Graph last = redirected with
        {
            Inputs = [graph.Inputs[0] with { Shape = new Shape(shape) }],
            Nodes = [transpose, .. redirected.Nodes],
        };
        return operatorName is null ? last : Before(last, operatorName, constant);
    }

    private static Graph Redirected(Graph graph, string name) => graph with
    {
        Nodes = [.. graph.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select(i => i == "input" ? name : i)] })],
    };
}
