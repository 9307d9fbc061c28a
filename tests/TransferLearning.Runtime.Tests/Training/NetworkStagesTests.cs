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
        StageBoundary boundary = NetworkStages.Of(graph).Before(stages)!;
        float[] image = [.. Enumerable.Range(0, 64 * 64 * 3).Select(i => (i % 255 / 127f) - 1)];

        float[] map = Run(GraphCut.At(graph, boundary.Value), image);
        float[] features = Run(GraphTail.From(graph, boundary.Value, boundary.Shape), ToNhwc(map, boundary.Shape));

        float[] expected = Run(graph, image);
        features.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f * expected.Max(Math.Abs));
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
