using TransferLearning.Heads;
using TransferLearning.MLNet.Vision.Training;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.Training;

public sealed class FrozenHeadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Add")]
    [InlineData("AddV2")]
    [InlineData("BiasAdd")]
    public void Weights_are_transposed_and_biases_are_not(string addition)
    {
        string path = Write(Graph(addition));

        LinearHead head = FrozenHead.Read(path, classes: 2, featureSize: 3);

        head.Weights.ToArray().ShouldBe([1f, 3f, 5f, 2f, 4f, 6f]);
        head.Bias.ToArray().ShouldBe([7f, 8f]);
    }

    [Fact]
    public void Another_shape_is_named() =>
        Should.Throw<TransferLearningException>(() => FrozenHead.Read(Write(Graph("Add")), classes: 3, featureSize: 3))
            .Message.ShouldContain("expected Float32");

    [Fact]
    public void A_graph_without_a_head_is_named() =>
        Should.Throw<TransferLearningException>(
                () => FrozenHead.Read(Write(new GraphFile().Add("Score", "Softmax", "x").Add("x", "Placeholder")), 2, 3))
            .Message.ShouldContain("expected Add or AddV2 or BiasAdd in the head");

    [Fact]
    public void A_missing_graph_is_named() =>
        Should.Throw<TransferLearningException>(() => FrozenHead.Read(_folder.At("m.pb"), 2, 3)).Message.ShouldContain("m.pb");

    private static GraphFile Graph(string addition) => new GraphFile()
        .Add("bottleneck", "Placeholder")
        .AddConstant("w", [1, 2, 3, 4, 5, 6], 3, 2)
        .Add("w/read", "Identity", "w")
        .Add("product", "MatMul", "bottleneck", "w/read")
        .AddConstant("b", [7, 8], 2)
        .Add("b/read", "Identity", "b")
        .Add("sum", addition, "product", "b/read")
        .Add("Score", "Softmax", "sum");

    private string Write(GraphFile graph) => _folder.Write("m.pb", graph.ToBytes());
}
