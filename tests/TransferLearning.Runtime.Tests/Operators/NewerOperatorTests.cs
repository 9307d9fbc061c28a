using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>Operators that are newer than Debian's package of the ONNX project's test models.</summary>
public class NewerOperatorTests
{
    [Theory]
    [InlineData("Gelu", 1, 0.8413447)]
    [InlineData("Gelu", -2, -0.0455003)]
    [InlineData("Mish", 1, 0.8650984)]
    [InlineData("HardSwish", 1, 0.6666667)]
    [InlineData("HardSwish", -4, 0)]
    public void An_activation_has_its_published_value(string name, float x, float expected)
    {
        var b = new GraphBuilder("test", 20, seed: 1);
        Graph graph = b.Output(b.Node(name, [b.Input("x", 1)]), "y").Build();

        Run(graph, Tensor.Vector(x)).Floats[0].ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void The_approximate_Gelu_differs_a_little()
    {
        var b = new GraphBuilder("test", 20, seed: 1);
        Graph graph = b.Output(b.Node("Gelu", [b.Input("x", 1)], ("approximate", "tanh")), "y").Build();

        Run(graph, Tensor.Vector(1f)).Floats[0].ShouldBe(0.8411920f, 1e-6f);
    }

    [Fact]
    public void An_unknown_approximation_of_Gelu_is_refused_with_the_known_ones()
    {
        var b = new GraphBuilder("test", 20, seed: 1);

        Should.Throw<InvalidNetworkException>(() => b.Node("Gelu", [b.Input("x", 1)], ("approximate", "erf")))
            .Message.ShouldContain("approximate 'erf' is not one of none, tanh");
    }

    [Fact]
    public void Group_normalization_with_one_channel_per_group_is_instance_normalization()
    {
        var b = new GraphBuilder("test", 21, seed: 1);
        string x = b.Input("x", 2, 6, 3, 4);
        string[] inputs = [x, b.RandomConstant(1, 0.5, 6), b.RandomConstant(0, 0.5, 6)];
        string group = b.Node("GroupNormalization", inputs, ("num_groups", 6L));
        string instance = b.Node("InstanceNormalization", inputs);

        Tensor difference = Run(b.Output(b.Node("Sub", [group, instance]), "y").Build(), SeededInput.Create(new Shape(2, 6, 3, 4), 1));

        difference.Floats.ToArray().ShouldAllBe(d => Math.Abs(d) < 1e-6);
    }

    [Fact]
    public void Group_normalization_gives_each_group_its_bias_as_mean_and_its_scale_as_deviation()
    {
        var b = new GraphBuilder("test", 18, seed: 1);
        string x = b.Input("x", 1, 6, 3, 4);
        string[] inputs = [x, b.Constant(Tensor.Vector(2f, 3f)), b.Constant(Tensor.Vector(5f, -7f))];
        string y = b.Node("GroupNormalization", inputs, ("num_groups", 2L));

        float[] values = Run(b.Output(y, "y").Build(), SeededInput.Create(new Shape(1, 6, 3, 4), 1)).Floats.ToArray();

        values[..36].Average().ShouldBe(5, 1e-4);
        values[36..].Average().ShouldBe(-7, 1e-4);
        values[..36].Average(v => (v - 5) * (v - 5)).ShouldBe(4, 1e-2);
    }

    private static Tensor Run(Graph graph, Tensor x) =>
        GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["x"] = x })[graph.Outputs[0].Name];
}
