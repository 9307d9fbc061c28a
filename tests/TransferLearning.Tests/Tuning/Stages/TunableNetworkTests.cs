using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Tests.Tuning.Stages;

public sealed class TunableNetworkTests
{
    private const int Images = 3;

    private static readonly Dictionary<string, Func<Backbone>> Networks = new(StringComparer.Ordinal)
    {
        ["tiny"] = () => TinyBackbone.Value,
        ["normalized"] = () => TunableNetworks.Normalized,
        ["transformer"] = () => TunableNetworks.Transformer,
        ["shared weights"] = () => TunableNetworks.SharedWeights,
        ["computed shape"] = () => TunableNetworks.ComputedShape,
        ["compact_v0.onnx"] = () => SharedData.Backbone("compact_v0.onnx"),
        ["mobilenet_v1_0.25_128.onnx"] = () => SharedData.Backbone("mobilenet_v1_0.25_128.onnx"),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Divided_and_joined_again_a_network_computes_what_it_did_before(string name)
    {
        Backbone backbone = Networks[name]();
        LinearHead head = Head(backbone);
        float[] expected = Run(GraphCut.At(ModelGraph.Join(backbone.Graph, head), ModelGraph.LogitsName), Pixels(backbone));
        int stages = TunableNetwork.Of(backbone, TunableNetwork.AllStages).StageCount;
        stages.ShouldBeGreaterThan(1);
        foreach (int tuned in new[] { 1, 2, stages }.Distinct())
        {
            var network = TunableNetwork.Of(backbone, tuned);

            (Backbone joined, LinearHead same) = network.Join(Trained(network.Tail(head)));

            same.Weights.SequenceEqual(head.Weights).ShouldBeTrue();
            joined.Fingerprint.ShouldNotBeNullOrEmpty();
            float[] logits = Run(GraphCut.At(ModelGraph.Join(joined.Graph, same), ModelGraph.LogitsName), Pixels(backbone));
            for (int i = 0; i < logits.Length; i++)
            {
                logits[i].ShouldBe(expected[i], 2e-4f * Math.Max(1, Math.Abs(expected[i])), $"{tuned} stages");
            }
        }
    }

    [Theory]
    [InlineData("normalized")]
    [InlineData("shared weights")]
    public void What_lies_below_the_trained_stages_keeps_its_weights_when_these_change(string name)
    {
        Backbone backbone = Networks[name]();
        Graph before = WeightSeparation.Run(backbone.Graph);
        var network = TunableNetwork.Of(backbone, 1);
        network.CheckTrainable();
        Graph trained = Trained(network.Tail(Head(backbone)));
        trained = trained with
        {
            Initializers = trained.Initializers.SetItems(trained.Initializers
                .Where(i => i.Value is { Type: ElementType.Float32, Shape.Rank: > 0 })
                .Select(i => KeyValuePair.Create(
                    i.Key, Tensor.Create(i.Value.Shape, Array.ConvertAll(i.Value.Floats.ToArray(), v => v + 1))))),
        };

        Graph joined = network.Join(trained).Backbone.Graph;

        Graph lower = GraphCut.At(joined, network.Boundary!.Value);
        lower.Initializers.ShouldNotBeEmpty();
        foreach ((string weights, Tensor value) in lower.Initializers)
        {
            value.Floats.SequenceEqual(before.Initializers[weights].Floats).ShouldBeTrue(weights);
        }

        string[] upper = [.. joined.Initializers.Keys.Except(lower.Initializers.Keys).Where(trained.Initializers.ContainsKey)];
        upper.ShouldNotBeEmpty();
        foreach (string weights in upper.Where(n => trained.Initializers[n].Shape.Rank > 0))
        {
            joined.Initializers[weights].Floats.SequenceEqual(trained.Initializers[weights].Floats).ShouldBeTrue(weights);
        }
    }

    [Fact]
    public void A_stage_learns_more_slowly_than_the_one_above()
    {
        Backbone backbone = TunableNetworks.Normalized;
        var network = TunableNetwork.Of(backbone, TunableNetwork.AllStages);
        Graph tail = network.Tail(Head(backbone));
        Func<string, double> factor = network.RateFactors(tail, 0.5);

        double[] factors = [.. tail.Nodes.Where(n => n.OperatorName is "Conv" or "Gemm").Select(n => factor(n.Inputs[1]))];

        factors.ShouldBe([0.25, 0.5, 1, 1, 1]);
    }

    [Fact]
    public void More_stages_than_a_network_has_are_refused_with_their_number() =>
        Should.Throw<TransferLearningException>(() => TunableNetwork.Of(TunableNetworks.Normalized, 4)).Message
            .ShouldBe("4 stages are to be trained, but the network 'normalized' has 3: give 1 to 3, or all");

    [Fact]
    public void An_operator_without_a_gradient_is_named() =>
        Should.Throw<TransferLearningException>(() => TunableNetwork.Of(TunableNetworks.WithoutGradient, 1).CheckTrainable()).Message
            .ShouldSatisfyAllConditions(
                m => m.ShouldStartWith("the last of 2 stages of untrainable cannot be trained: "),
                m => m.ShouldContain("Erf"));

    [Fact]
    public void A_network_tells_whether_its_trained_stages_have_normalizations()
    {
        TunableNetwork.Of(TunableNetworks.Normalized, 1).HasNormalization.ShouldBeTrue();
        TunableNetwork.Of(TinyBackbone.Value, 1).HasNormalization.ShouldBeFalse();
    }

    private static Graph Trained(Graph tail)
    {
        using var network = TrainableNetwork.Compile(tail, new TrainableNetworkOptions { MaxImages = 2, Threads = 1 });
        return network.ToGraph();
    }

    private static LinearHead Head(Backbone backbone)
    {
        var random = new Random(5);
        float[] weights = [.. Enumerable.Range(0, 4 * backbone.FeatureSize).Select(_ => random.NextSingle() - 0.5f)];
        return new LinearHead(4, backbone.FeatureSize, weights, [0.1f, 0.2f, -0.3f, 0]);
    }

    private static float[] Pixels(Backbone backbone)
    {
        var random = new Random(7);
        int length = backbone.Preprocessing.Height * backbone.Preprocessing.Width * 3;
        return [.. Enumerable.Range(0, Images * length).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static float[] Run(Graph graph, float[] pixels)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        float[] output = new float[Images * network.OutputLength];
        network.Run(pixels, Images, output);
        return output;
    }
}
