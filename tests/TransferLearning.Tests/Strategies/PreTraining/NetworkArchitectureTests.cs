using TransferLearning.Backbones;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.PreTraining;

public class NetworkArchitectureTests
{
    [Fact]
    public void Compact_is_the_built_in_network_with_its_normalizations_apart()
    {
        Graph expected = Backbone.Compact.Graph, built = NetworkArchitecture.Compact.Build(seed: 1, inputSize: 128, classes: 5);

        LayersOf(built).ShouldBe([.. LayersOf(expected), "Gemm"]);
    }

    [Theory]
    [InlineData("compact", 384)]
    [InlineData("resnet18", 512)]
    [InlineData("mobilenet_v2:0.35", 1280)]
    [InlineData("mobilenet_v2:1", 1280)]
    public void A_name_gives_the_architecture(string name, int features)
    {
        var architecture = NetworkArchitecture.Parse(name);

        architecture.Name.ShouldBe(name);
        Graph graph = architecture.Build(seed: 1, inputSize: 64, classes: 7);
        graph.Outputs.Select(o => o.Shape[1]).ShouldBe([features, 7]);
    }

    [Fact]
    public void MobileNetV2_has_full_width_where_none_is_said()
    {
        NetworkArchitecture.Parse("mobilenet_v2").ShouldBe(NetworkArchitecture.MobileNetV2());
        NetworkArchitecture.MobileNetV2(0.5).ShouldNotBe(NetworkArchitecture.MobileNetV2(0.75));
    }

    [Fact]
    public void An_unknown_architecture_is_refused_with_all_that_there_are()
    {
        Should.Throw<TransferLearningException>(() => NetworkArchitecture.Parse("mobilenet_v2:0.6")).Message
            .ShouldBe("there is no architecture 'mobilenet_v2:0.6': expected compact, resnet18, or mobilenet_v2:WIDTH with a width of "
                + "0.35, 0.5, 0.75, 1");
        Should.Throw<ArgumentOutOfRangeException>(() => NetworkArchitecture.MobileNetV2(2)).Message.ShouldContain("0.35, 0.5, 0.75, 1");
    }

    private static string[] LayersOf(Graph graph) =>
    [
        .. graph.Nodes.Where(n => n.OperatorName != "BatchNormalization").Select(n => n.OperatorName == "Conv"
            ? $"Conv {graph.Initializers[n.Inputs[1]].Shape} {string.Join(',', n.Attributes.Integers("strides"))}"
            : n.OperatorName),
    ];
}
