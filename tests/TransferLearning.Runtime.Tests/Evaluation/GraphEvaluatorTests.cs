using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Evaluation;

public class GraphEvaluatorTests
{
    [SkippableTheory]
    [InlineData("mobilenet_v1_0.25_128.onnx")]
    [InlineData("compact_v0.onnx")]
    public void A_shared_network_computes_what_ONNX_Runtime_computes(string file)
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network(file));
        var golden = GoldenOutputs.Of(file);

        IReadOnlyDictionary<string, Tensor> values =
            GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { [graph.Inputs[0].Name] = golden.CreateInput() });

        Difference.Relative(values["features"].Floats, golden.Features).ShouldBeLessThan(1e-4);
        Difference.Relative(values["logits"].Floats, golden.Logits).ShouldBeLessThan(1e-4);
    }

    [SkippableFact]
    public void An_input_of_another_shape_is_refused_by_name()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));
        var feeds = new Dictionary<string, Tensor> { [graph.Inputs[0].Name] = Tensor.Vector(1f) };

        Should.Throw<ArgumentException>(() => GraphEvaluator.Run(graph, feeds)).Message.ShouldContain(graph.Inputs[0].Name);
    }
}
