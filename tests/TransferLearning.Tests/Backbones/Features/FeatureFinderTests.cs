using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Backbones.Features;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Tests.Backbones.Features;

public class FeatureFinderTests
{
    private const int Side = 32;

    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx")]
    [InlineData("compact_v0.onnx")]
    public void Without_an_output_called_features_the_classifiers_input_is_used(string file)
    {
        Graph graph = OnnxReader.Read(SharedData.Network(file));
        Graph unnamed = graph with { Outputs = [graph.Outputs.Single(o => o.Name != "features")] };

        FeatureFinder.Find(unnamed).ShouldBe("features");
    }

    [SkippableFact]
    public void A_network_that_ends_in_a_pooling_is_all_features()
    {
        Graph graph = OnnxReader.Read(SharedData.Network("compact_v0.onnx"));
        string pooled = graph.Nodes.Last(n => n.OperatorName is "GlobalAveragePool" or "ReduceMean").Output;
        Graph headless = graph with { Outputs = [graph.Outputs[0] with { Name = pooled }] };

        FeatureFinder.Find(headless).ShouldBe(pooled);
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("Softmax", "ArgMax")]
    [InlineData("Softmax", "ZipMap")]
    [InlineData("LogSoftmax", "TopK", "LabelEncoder")]
    [InlineData("LpNormalization")]
    public void Probabilities_labels_and_normalization_after_the_classifier_are_passed_over(params string[] operators)
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(Map(b, 16))), 5), "y0").Build();
        graph = FollowedBy(graph, operators);

        string features = FeatureFinder.Find(graph);

        graph.Nodes.Single(n => n.Outputs.Contains(features)).OperatorName.ShouldBe("Flatten");
        Backbone.FromGraph("tiny", graph, new BackboneOptions()).FeatureSize.ShouldBe(16);
    }

    [Theory]
    [InlineData("ReduceL2")]
    [InlineData("Mul", "ReduceSum", "Sqrt")]
    [InlineData("ReduceSumSquare", "Sqrt")]
    public void A_division_by_the_length_of_the_vector_is_passed_over(params string[] length)
    {
        GraphBuilder b = Builder();
        string pooled = b.Flatten(b.GlobalAveragePool(Map(b, 16)));
        string value = pooled;
        foreach (string operatorName in length)
        {
            value = operatorName switch
            {
                "Mul" => b.Node("Mul", [pooled, pooled]),
                "Sqrt" => b.Node("Sqrt", [value]),
                "ReduceSum" => b.Node("ReduceSum", [value, b.Constant(Tensor.Vector(1L))]),
                _ => b.Node(operatorName, [value], ("axes", ImmutableArray.Create(1L))),
            };
        }

        value = b.Node("Expand", [b.Node("Clip", [value, b.Constant(Tensor.Scalar(1e-12f))]), b.Constant(Tensor.Vector(1L, 16))]);
        Graph graph = b.Output(b.Node("Div", [pooled, value]), "y").Build();

        FeatureFinder.Find(graph).ShouldBe(pooled);
    }

    [Fact]
    public void A_quotient_of_two_values_is_all_features()
    {
        GraphBuilder b = Builder();
        string map = Map(b, 16);
        string other = b.Flatten(b.Node("GlobalMaxPool", [map]));
        Graph graph = b.Output(b.Node("Div", [b.Flatten(b.GlobalAveragePool(map)), other]), "y").Build();

        FeatureFinder.Find(graph).ShouldBe("y");
    }

    [Fact]
    public void An_operator_that_is_not_supported_is_an_error_only_before_the_features()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(Map(b, 16))), 5), "y0").Build();
        graph = FollowedBy(graph, "Softmax", "Loop");

        Backbone.FromGraph("tiny", graph, new BackboneOptions()).FeatureSize.ShouldBe(16);
        string message = Should.Throw<InvalidNetworkException>(
            () => Backbone.FromGraph("tiny", graph, new BackboneOptions { FeaturesName = "y2" })).Message;
        message.ShouldContain("'Loop2'");
        message.ShouldContain("operator Loop");
    }

    [Fact]
    public void A_map_at_the_end_is_pooled()
    {
        GraphBuilder b = Builder();
        string map = Map(b, 16);
        Graph graph = b.Output(map, "map").Build();

        var backbone = Backbone.FromGraph("tiny", graph, new BackboneOptions());

        backbone.FeatureSize.ShouldBe(16);
        Run(backbone).ShouldBe(Run(Pooled(graph)));
    }

    [Fact]
    public void A_map_in_NHWC_order_and_a_flattened_map_are_pooled_per_channel()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(Map(b, 16), "map").Build();
        Graph nhwc = With(graph, new Node(
            "Transpose", "t", ["map"], ["y"], NodeAttributes.None.With("perm", ImmutableArray.Create(0L, 2, 3, 1))));
        Graph flat = With(graph, new Node("Flatten", "t", ["map"], ["y"], NodeAttributes.None));

        float[] expected = Run(Pooled(graph));
        Run(Backbone.FromGraph("nhwc", nhwc, new BackboneOptions())).ShouldBe(expected);
        Run(Backbone.FromGraph("flat", flat, new BackboneOptions())).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(10, false)]
    [InlineData(64, true)]
    public void The_input_of_a_classifying_convolution_before_the_pooling_is_pooled(int classes, bool probabilities)
    {
        GraphBuilder b = Builder();
        string map = Map(b, 16);
        string pooled = b.Flatten(b.GlobalAveragePool(b.Relu(b.ConvWithBias(map, classes, 1))));
        Graph graph = b.Output(probabilities ? b.Node("Softmax", [pooled], ("axis", 1L)) : pooled, "y").Build();

        FeatureFinder.Find(graph).ShouldBe(map);
        Backbone.FromGraph("tiny", graph, new BackboneOptions()).FeatureSize.ShouldBe(16);
    }

    [Fact]
    public void A_last_convolution_that_widens_the_features_is_no_classifier()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(b.GlobalAveragePool(b.Relu(b.ConvWithBias(Map(b, 16), 64, 1))), "y").Build();

        FeatureFinder.Find(graph).ShouldBe("y");
    }

    [Theory]
    [InlineData(17, null, "first")]
    [InlineData(16, null, "mean")]
    [InlineData(17, FeaturesPooling.Mean, "mean")]
    [InlineData(16, FeaturesPooling.ClassToken, "first")]
    public void Tokens_give_the_class_token_or_the_mean_of_the_patches(int count, FeaturesPooling? pooling, string expected)
    {
        foreach (int opset in (int[])[9, 13, 18])
        {
            (Graph graph, GraphBuilder b) = Tokens(opset, count);
            float[] tokens = Run(Backbone.FromGraph("flat", Flattened(graph), new BackboneOptions()));
            float[][] rows = [.. tokens.Chunk(tokens.Length / count)];
            float[][] patches = rows[(count - 16)..];

            float[] actual = Run(Backbone.FromGraph("vit", graph, new BackboneOptions { FeaturesPooling = pooling }));

            float[] wanted = expected == "first" ? rows[0] : [.. rows[0].Select((_, i) => patches.Average(p => p[i]))];
            actual.Length.ShouldBe(wanted.Length);
            actual.Zip(wanted, (x, y) => Math.Abs(x - y)).Max().ShouldBeLessThan(1e-5f);
        }
    }

    [Fact]
    public void A_vector_taken_from_tokens_is_all_features()
    {
        (Graph graph, _) = Tokens(13, 17);
        Graph first = With(graph, new Node("Gather", "g", ["tokens", "zero"], ["y"], NodeAttributes.None.With("axis", 1L)));
        first = first with { Initializers = first.Initializers.Add("zero", Tensor.Scalar(0L)) };

        FeatureFinder.Find(first).ShouldBe("y");
    }

    [Fact]
    public void A_pooler_output_is_preferred_to_tokens()
    {
        (Graph graph, _) = Tokens(13, 17);
        NodeAttributes patches = NodeAttributes.None.With("axes", ImmutableArray.Create(1L)).With("keepdims", 0L);
        Graph both = With(graph, new Node("ReduceMean", "m", ["tokens"], ["pooler_output"], patches));
        both = both with { Outputs = [.. graph.Outputs, .. both.Outputs] };

        FeatureFinder.Find(both).ShouldBe("pooler_output");
    }

    [Fact]
    public void Candidates_are_listed_with_their_kinds_and_the_chosen_one_first()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(Map(b, 16))), 5), "logits").Build();

        ImmutableArray<FeatureCandidate> candidates = FeatureFinder.Candidates(graph);

        candidates.Select(c => c.Kind).ShouldBe([FeatureKind.ClassifierInput, FeatureKind.Logits, FeatureKind.Map]);
        candidates.Select(c => c.IsChosen).ShouldBe([true, false, false]);
        candidates[1].Name.ShouldBe("logits");
    }

    [Fact]
    public void A_name_that_the_network_does_not_have_is_answered_with_the_candidates()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(Map(b, 16), "map").Build();

        Should.Throw<InvalidNetworkException>(() => Backbone.FromGraph("tiny", graph, new BackboneOptions { FeaturesName = "nothing" }))
            .Message.ShouldContain("map [1,16,8,8]");
    }

    [Fact]
    public void A_network_without_a_classifier_has_no_logits()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(Map(b, 16), "map").Build();

        Should.Throw<InvalidNetworkException>(() => ClassifierFinder.Find(graph))
            .Message.ShouldContain("[1,16,8,8], not one number per class");
    }

    [Fact]
    public void Logits_are_found_before_labels_and_softmax()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(b.Dense(b.Flatten(b.GlobalAveragePool(Map(b, 16))), 5), "y0").Build();

        ClassifierFinder.Find(FollowedBy(graph, "Softmax", "ZipMap")).ShouldBe("y0");
        ClassifierFinder.Find(FollowedBy(graph, "Softmax", "ArgMax", "LabelEncoder")).ShouldBe("y0");
        ClassifierFinder.Find(graph).ShouldBe("y0");
    }

    [Fact]
    public void A_network_without_features_says_how_to_name_them()
    {
        GraphBuilder b = Builder();
        Graph graph = b.Output(b.Flatten(b.Input("input", 1, 3, Side, Side)), "y").Build();

        Should.Throw<InvalidNetworkException>(() => Backbone.FromGraph("none", graph, new BackboneOptions()))
            .Message.ShouldContain("with --features (BackboneOptions.FeaturesName in code). Candidates: y [1,3072]");
    }

    private static GraphBuilder Builder(int opset = 13) => new("tiny", opset, seed: 1);

    private static string Map(GraphBuilder b, int channels) =>
        b.Relu(b.ConvWithBias(b.Relu(b.ConvWithBias(b.Input("input", 1, 3, Side, Side), 16, 3, 2)), channels, 3, 2));

    /// <summary>Tokens of 4 x 4 patches, before them as many more as are asked for.</summary>
    private static (Graph Graph, GraphBuilder Builder) Tokens(int opset, int count)
    {
        GraphBuilder b = Builder(opset);
        string map = b.ConvWithBias(b.Input("input", 1, 3, Side, Side), 8, 8, 8, pad: 0);
        string rows = b.Node("Reshape", [map, b.Constant(Tensor.Vector<long>(1, 8, 16))]);
        string tokens = b.Node("Transpose", [rows], ("perm", ImmutableArray.Create(0L, 2, 1)));
        if (count > 16)
        {
            tokens = b.Node("Concat", [b.RandomConstant(0, 1, 1, count - 16, 8), tokens], ("axis", 1L));
        }

        return (b.Output(b.Node("Tanh", [tokens]), "tokens").Build(), b);
    }

    private static Graph Flattened(Graph graph) =>
        With(graph, new Node("Flatten", "flatten", ["tokens"], ["features"], NodeAttributes.None));

    private static Backbone Pooled(Graph graph) => Backbone.FromGraph(
        "pooled",
        With(graph, new Node("GlobalAveragePool", "pool", [graph.Outputs[0].Name], ["features"], NodeAttributes.None)),
        new BackboneOptions());

    private static Graph With(Graph graph, Node node) => graph with
    {
        Nodes = [.. graph.Nodes, node],
        Outputs = [new ValueInfo(node.Output, ElementType.Float32, new Shape(-1))],
    };

    /// <summary>The graph with operators after its output y0: y1, y2 and so on.</summary>
    private static Graph FollowedBy(Graph graph, params string[] operators)
    {
        for (int i = 0; i < operators.Length; i++)
        {
            bool isForeign = operators[i] is "ZipMap" or "LabelEncoder";
            string name = $"{operators[i]}{i + 1}";
            graph = With(graph, new Node(operators[i], name, [$"y{i}"], [$"y{i + 1}"], NodeAttributes.None)
            {
                UnsupportedReason = isForeign ? $"the node '{name}' uses the operator {operators[i]} of the domain 'ai.onnx.ml'" : null,
            });
        }

        return graph;
    }

    private static float[] Run(Backbone backbone) => NetworkRun.Of(backbone);
}
