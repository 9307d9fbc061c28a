using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Stages;

namespace TransferLearning.Runtime.Tests.Training;

public class NetworkStagesTests
{
    [Fact]
    public void ResNet_is_divided_at_the_ends_of_its_residual_blocks()
    {
        var stages = NetworkStages.Of(GraphCut.At(Architectures.ResNet18(1), "features"));

        Shapes(stages).ShouldBe(["[1,64,112,112]", "[1,64,56,56]", "[1,128,28,28]", "[1,256,14,14]"]);
        stages.Count.ShouldBe(5);
        stages.Before(1)!.Shape.ToString().ShouldBe("[1,256,14,14]");
        stages.Before(5).ShouldBeNull();
    }

    [Fact]
    public void MobileNet_is_divided_before_its_expanded_maps() =>
        Shapes(NetworkStages.Of(GraphCut.At(Architectures.MobileNetV2(1), "features")))
            .ShouldBe(["[1,16,112,112]", "[1,24,56,56]", "[1,32,28,28]", "[1,96,14,14]"]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void What_precedes_a_boundary_and_what_follows_it_are_the_network(int stages)
    {
        Graph graph = GraphCut.At(Architectures.ResNet18(1, 64), "features");

        ShouldBeTheWhole(graph, NetworkStages.Of(graph).Before(stages)!, side: 64);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_precedes_tokens_and_what_follows_them_are_the_network(int stages)
    {
        Graph graph = VisionTransformer(blocks: 4);

        ShouldBeTheWhole(graph, NetworkStages.Of(graph).Before(stages)!, side: 12);
    }

    [Fact]
    public void A_transformer_is_divided_into_four_stages_of_as_many_blocks()
    {
        Graph graph = VisionTransformer(blocks: 8);

        var stages = NetworkStages.Of(graph);

        Shapes(stages).ShouldBe(["[1,37,12]", "[1,37,12]", "[1,37,12]"]);
        stages.Boundaries.Select(b => graph.Nodes.TakeWhile(n => n.Output != b.Value).Count(n => n.OperatorName == "Softmax"))
            .ShouldBe([2, 4, 6]);
    }

    [Fact]
    public void A_transformer_of_one_block_has_one_stage() => NetworkStages.Of(VisionTransformer(blocks: 1)).Count.ShouldBe(1);

    [Fact]
    public void Maps_with_their_channels_last_are_divided_where_the_number_of_their_pixels_changes()
    {
        var b = new GraphBuilder("pyramid", 20, seed: 1);
        string x = b.Transpose(b.ConvWithBias(b.Input("image", 1, 3, 24, 24), 8, 3), 0, 2, 3, 1);
        x = b.Add(x, b.Linear(b.LayerNormalization(x, 8), 8, 8));
        string merged = b.Reshape(b.Transpose(b.Reshape(x, 1, 12, 2, 12, 2, 8), 0, 1, 3, 2, 4, 5), 1, 12, 12, 32);
        x = b.Linear(merged, 32, 16);
        x = b.Add(x, b.Linear(b.Node("Gelu", [b.Linear(x, 16, 64)]), 64, 16));
        Graph graph = b.Output(b.Flatten(b.GlobalAveragePool(b.Transpose(x, 0, 3, 1, 2))), "features").Build();

        var stages = NetworkStages.Of(graph);

        Shapes(stages).ShouldBe(["[1,24,24,8]"]);
        stages.Boundaries[0].IsChannelsLast.ShouldBeTrue();
        ShouldBeTheWhole(graph, stages.Boundaries[0], side: 24);
    }

    [Fact]
    public void A_network_of_one_resolution_has_one_stage()
    {
        var b = new GraphBuilder("test", 14, seed: 1);
        string x = b.Relu(b.Conv(b.Relu(b.Conv(b.Input("image", 1, 3, 8, 8), 8, 3)), 8, 3));
        Graph graph = b.Output(b.Flatten(b.GlobalAveragePool(x)), "features").Build();

        var stages = NetworkStages.Of(graph);

        stages.Count.ShouldBe(1);
        stages.Before(1).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => stages.Before(2));
    }

    private static Graph VisionTransformer(int blocks)
    {
        var b = new GraphBuilder("transformer", 20, seed: 1);
        string features = b.VisionTransformer(b.Input("image", 1, 3, 12, 12), side: 12, patch: 2, channels: 12, blocks);
        return b.Output(features, "features").Build();
    }

    /// <summary>Checks that a part up to a boundary, and the part behind it, compute what the network does.</summary>
    private static void ShouldBeTheWhole(Graph graph, StageBoundary boundary, int side)
    {
        float[] image = [.. Enumerable.Range(0, side * side * 3).Select(i => (i % 255 / 127f) - 1)];

        float[] map = Run(GraphCut.At(graph, boundary.Value), image);
        float[] features = Run(GraphTail.From(graph, boundary), boundary.IsChannelsLast ? map : ToNhwc(map, boundary.Shape));

        float[] expected = Run(graph, image);
        features.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f * expected.Max(Math.Abs));
    }

    private static string[] Shapes(NetworkStages stages) => [.. stages.Boundaries.Select(b => b.Shape.ToString())];

    private static float[] Run(Graph graph, float[] input)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        float[] output = new float[network.OutputLength];
        network.Run(input, 1, output);
        return output;
    }

    private static float[] ToNhwc(float[] map, Shape shape)
    {
        int channels = shape[1], pixels = shape[2] * shape[3];
        return [.. Enumerable.Range(0, map.Length).Select(i => map[(i % channels * pixels) + (i / channels)])];
    }
}
