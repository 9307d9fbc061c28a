using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Evaluation;

public class MultiplyAddsTests
{
    // The papers' figures: He et al. 2016 (ResNet), Sandler et al. 2018 (MobileNetV2).
    [Theory]
    [InlineData("ResNet18", 1.81e9)]
    [InlineData("ResNet50", 4.09e9)]
    [InlineData("MobileNetV2", 0.300e9)]
    public void The_published_numbers_are_counted(string name, double expected)
    {
        Graph graph = name switch
        {
            "ResNet18" => Architectures.ResNet18(seed: 1),
            "ResNet50" => Architectures.ResNet50(seed: 1),
            _ => Architectures.MobileNetV2(seed: 1),
        };

        long count = MultiplyAdds.Count(graph, new Shape(1, 3, 224, 224));

        ((double)count).ShouldBe(expected, expected * 0.01);
    }

    [Fact]
    public void A_matrix_product_needs_one_per_weight_and_row()
    {
        var b = new GraphBuilder("gemm", opset: 13, seed: 1);
        string x = b.Flatten(b.Input("input", 1, 3, 4, 4));
        Graph graph = b.Output(b.Dense(x, 10), "y").Build();

        MultiplyAdds.Count(graph, new Shape(1, 3, 4, 4)).ShouldBe(48 * 10);
    }
}
