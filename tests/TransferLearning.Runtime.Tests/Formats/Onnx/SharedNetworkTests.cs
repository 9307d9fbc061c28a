using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public class SharedNetworkTests
{
    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx", 224, 1280, 1000)]
    [InlineData("mobilenet_v1_0.5_160.onnx", 160, 512, 1000)]
    [InlineData("mobilenet_v1_0.25_128.onnx", 128, 256, 1000)]
    [InlineData("compact_v0.onnx", 128, 384, 200)]
    public void The_values_have_the_documented_shapes_for_any_batch(string file, int size, int features, int classes)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));

        graph.Inputs.Length.ShouldBe(1);
        foreach (int batch in new[] { 1, 3 })
        {
            var inputs = new Dictionary<string, Shape> { [graph.Inputs[0].Name] = new(batch, 3, size, size) };
            IReadOnlyDictionary<string, TensorType> types = ShapeInference.Infer(graph, inputs);
            types["features"].ShouldBe(new TensorType(ElementType.Float32, new Shape(batch, features)));
            types["logits"].ShouldBe(new TensorType(ElementType.Float32, new Shape(batch, classes)));
        }
    }

    [SkippableFact]
    public void A_backbone_without_a_fixed_size_takes_other_sizes()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("compact_v0.onnx"));

        var inputs = new Dictionary<string, Shape> { [graph.Inputs[0].Name] = new(1, 3, 96, 160) };

        ShapeInference.Infer(graph, inputs)["features"].Shape.ShouldBe(new Shape(1, 384));
    }
}
