using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class GraphOptimizerTests
{
    [SkippableTheory]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    [InlineData("compact_v0.onnx")]
    public void A_shared_network_computes_the_same_and_can_be_simplified_no_further(string file)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));
        graph = graph.WithInputShapes(graph.Inputs.ToDictionary(i => i.Name, _ => new Shape(1, 3, 64, 64)));

        Graph changed = PassAssert.KeepsOutputs(graph, GraphOptimizer.Run);

        changed.Nodes.Length.ShouldBeLessThanOrEqualTo(graph.Nodes.Length);
        GraphOptimizer.Run(changed).ShouldBeSameAs(changed);
    }

    [Theory]
    [InlineData("mobilenet_v2")]
    [InlineData("resnet18")]
    [InlineData("squeezenet1.1")]
    public void Classifiers_are_simplified_to_convolutions_activations_sums_and_pooling(string name)
    {
        Graph graph = name switch
        {
            "mobilenet_v2" => Architectures.MobileNetV2(1, 32),
            "resnet18" => Architectures.ResNet18(1, 32),
            "squeezenet1.1" => Architectures.SqueezeNet(1, 64),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not a network of this test"),
        };

        Graph changed = PassAssert.KeepsOutputs(graph, GraphOptimizer.Run, tolerance: 1e-4);

        string[] expected = ["Conv", "Relu", "Clip", "Add", "MaxPool", "GlobalAveragePool", "Flatten", "Gemm", "Concat"];
        changed.Nodes.Select(n => n.OperatorName).Distinct().ShouldBeSubsetOf(expected);
    }
}
