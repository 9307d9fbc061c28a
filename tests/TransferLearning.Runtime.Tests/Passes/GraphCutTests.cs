using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Golden;

namespace TransferLearning.Runtime.Tests.Passes;

public class GraphCutTests
{
    [SkippableFact]
    public void A_cut_at_the_features_drops_the_head()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("mobilenet_v1_0.25_128.onnx"));

        Graph cut = GraphCut.At(graph, "features");

        cut.Outputs.Select(o => o.Name).ShouldBe(["features"]);
        cut.Initializers.Count.ShouldBeLessThan(graph.Initializers.Count);
        var golden = GoldenOutputs.Of("mobilenet_v1_0.25_128.onnx");
        var feeds = new Dictionary<string, Tensor> { [cut.Inputs[0].Name] = golden.CreateInput() };
        Difference.Relative(GraphEvaluator.Run(cut, feeds)["features"].Floats, golden.Features).ShouldBeLessThan(1e-4);
    }

    [SkippableFact]
    public void A_cut_at_an_inner_value_has_its_shape_with_the_unknown_extents()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("compact_v0.onnx"));
        string inner = graph.Nodes.First(n => n.OperatorName == "Conv").Output;

        Graph cut = GraphCut.At(graph, inner);

        cut.Nodes.Length.ShouldBe(1);
        Shape shape = cut.Outputs[0].Shape;
        shape.Rank.ShouldBe(4);
        shape[0].ShouldBe(-1);
        shape[1].ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public void A_value_that_is_not_there_is_named_with_those_that_are()
    {
        Graph graph = OnnxReader.Read(SharedFiles.Network("compact_v0.onnx"));

        string message = Should.Throw<InvalidNetworkException>(() => GraphCut.At(graph, "bottleneck")).Message;

        message.ShouldContain("'bottleneck'");
        message.ShouldContain("features");
    }
}
