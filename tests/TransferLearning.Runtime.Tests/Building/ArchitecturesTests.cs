using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Building;

public class ArchitecturesTests
{
    [Theory]
    [InlineData("mobilenet_v1", 4_231_976, 1024)]
    [InlineData("mobilenet_v2", 3_504_872, 1280)]
    [InlineData("resnet18", 11_689_512, 512)]
    [InlineData("resnet50", 25_557_032, 2048)]
    [InlineData("efficientnet_lite0", 4_652_008, 1280)]
    [InlineData("efficientnet_b0", 5_288_548, 1280)]
    [InlineData("googlenet", 6_624_904, 1024)]
    [InlineData("resnext50_32x4d", 25_028_904, 2048)]
    [InlineData("squeezenet1.1", 1_235_496, 512)]
    public void A_network_has_the_published_number_of_parameters(string name, int parameters, int features)
    {
        Graph graph = name switch
        {
            "mobilenet_v1" => Architectures.MobileNetV1(1),
            "efficientnet_b0" => Architectures.EfficientNetB0(1),
            "googlenet" => Architectures.GoogLeNet(1),
            "resnext50_32x4d" => Architectures.ResNeXt50(1),
            "efficientnet_lite0" => Architectures.EfficientNetLite(1),
            "mobilenet_v2" => Architectures.MobileNetV2(1),
            "resnet18" => Architectures.ResNet18(1),
            "resnet50" => Architectures.ResNet50(1),
            "squeezenet1.1" => Architectures.SqueezeNet(1),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not a network of this test"),
        };

        graph.Outputs[0].ShouldBe(new ValueInfo("features", ElementType.Float32, new Shape(1, features)));
        graph.Outputs[1].ShouldBe(new ValueInfo("logits", ElementType.Float32, new Shape(1, 1000)));

        // The published figures do not count the statistics of batch normalization, or constants such as the bounds of a clip.
        graph.Nodes.Where(n => n.OperatorName != "Clip").Sum(n => n.Inputs.Skip(1).Take(2).Sum(i => Length(graph, i))).ShouldBe(parameters);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        float[] Weights(int seed) => Architectures.SqueezeNet(seed).Initializers["c0"].Floats.ToArray();

        Weights(5).ShouldBe(Weights(5));
        Weights(5).ShouldNotBe(Weights(6));
    }

    private static int Length(Graph graph, string value) => graph.Initializers.GetValueOrDefault(value)?.Length ?? 0;
}
