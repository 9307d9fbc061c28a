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

    [Theory]
    [InlineData(0.35, 1.68)]
    [InlineData(0.5, 1.97)]
    [InlineData(0.75, 2.64)]
    [InlineData(1, 3.50)]
    public void MobileNetV2_has_the_published_size_at_every_width(double width, double millions)
    {
        Graph graph = Architectures.MobileNetV2(1, 96, width);

        int parameters =
            graph.Nodes.Where(n => n.OperatorName != "Clip").Sum(n => n.Inputs.Skip(1).Take(2).Sum(i => Length(graph, i)));
        (parameters / 1e6).ShouldBe(millions, 0.006);
        graph.Outputs[0].Shape.ShouldBe(new Shape(1, 1280));
    }

    [Fact]
    public void Training_begins_with_convolutions_of_the_spread_that_keeps_gradients()
    {
        Graph graph = Architectures.ResNet18(1, 64, classes: 10, WeightInitialization.Training);

        Node first = graph.Nodes.First(n => n.OperatorName == "Conv"), last = graph.Nodes.Last(n => n.OperatorName == "Conv");
        Deviation(graph.Initializers[first.Inputs[1]]).ShouldBe(Math.Sqrt(2.0 / (64 * 7 * 7)), 0.001);
        Deviation(graph.Initializers[last.Inputs[1]]).ShouldBe(Math.Sqrt(2.0 / (512 * 3 * 3)), 0.0001);
        Node classifier = graph.Nodes.Single(n => n.OperatorName == "Gemm");
        Deviation(graph.Initializers[classifier.Inputs[1]]).ShouldBe(0.01, 0.001);
        graph.Initializers[classifier.Inputs[2]].Floats.ToArray().ShouldBe(new float[10]);
    }

    [Fact]
    public void Depthwise_convolutions_count_the_outputs_of_their_own_channel()
    {
        Graph graph = Architectures.MobileNetV2(1, 64, width: 1, classes: 10, WeightInitialization.Training);

        Node depthwise = graph.Nodes.Last(n => n.OperatorName == "Conv" && n.Attributes.Integer("group", 1) > 1);

        Deviation(graph.Initializers[depthwise.Inputs[1]]).ShouldBe(Math.Sqrt(2.0 / 9), 0.02);
    }

    [Fact]
    public void Training_begins_with_residual_blocks_that_pass_their_input_on()
    {
        Graph graph = Architectures.ResNet18(1, 64, classes: 10, WeightInitialization.Training);

        Node[] sums = [.. graph.Nodes.Where(n => n.OperatorName == "Add")];
        sums.Length.ShouldBe(8);
        foreach (Node sum in sums)
        {
            Node branch = graph.Nodes.Single(n => n.Output == sum.Inputs[0]);
            graph.Initializers[branch.Inputs[1]].Floats.ToArray().ShouldAllBe(s => s == 0);
        }

        Node[] others = [.. graph.Nodes.Where(n => n.OperatorName == "BatchNormalization" && sums.All(s => s.Inputs[0] != n.Output))];
        others.SelectMany(n => graph.Initializers[n.Inputs[1]].Floats.ToArray()).ShouldAllBe(s => s == 1);
    }

    [Fact]
    public void The_same_seed_begins_training_with_the_same_weights()
    {
        float[] Weights(int seed) =>
            Architectures.Compact(seed, 64, 10, WeightInitialization.Training).Initializers["c0"].Floats.ToArray();

        Weights(5).ShouldBe(Weights(5));
        Weights(5).ShouldNotBe(Weights(6));
    }

    private static double Deviation(Tensor tensor)
    {
        double[] values = tensor.ToDoubles();
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static int Length(Graph graph, string value) => graph.Initializers.GetValueOrDefault(value)?.Length ?? 0;
}
