using System.Collections.Immutable;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public class OpsetUpgradeTests
{
    private static readonly Tensor Image = Tensor.Create(new Shape(1, 2, 1, 2), [1f, -2f, 3f, -4f]);

    [Theory]
    [InlineData("Add", new[] { 11f, 8f, 103f, 96f })]
    [InlineData("Mul", new[] { 10f, -20f, 300f, -400f })]
    public void An_operand_along_an_axis_is_broadcast_there(string operatorName, float[] expected)
    {
        NodeAttributes attributes = NodeAttributes.None.With("broadcast", 1L).With("axis", 1L);

        Run(operatorName, attributes, Tensor.Vector(10f, 100f)).ShouldBe(expected);
    }

    [Fact]
    public void Without_an_axis_an_operand_broadcasts_along_the_last_axes()
    {
        Run("Sub", NodeAttributes.None.With("broadcast", 1L), Tensor.Vector(1f, 2f)).ShouldBe([0f, -4f, 2f, -6f]);
    }

    [Fact]
    public void One_slope_per_channel_broadcasts_along_the_channels()
    {
        Run("PRelu", NodeAttributes.None, Tensor.Vector(0.5f, 0.25f)).ShouldBe([1f, -1f, 3f, -1f]);
        Run("PRelu", NodeAttributes.None, Tensor.Vector(0.5f)).ShouldBe([1f, -1f, 3f, -2f]);
    }

    [Fact]
    public void A_shape_in_an_attribute_becomes_an_input()
    {
        Run("Reshape", NodeAttributes.None.With("shape", ImmutableArray.Create(1L, 2, -1)), opset: 4).ShouldBe([1f, -2f, 3f, -4f]);
    }

    [Fact]
    public void A_normalization_for_inference_loses_its_attribute_is_test()
    {
        Graph graph = Normalization(isTest: 1);

        Graph upgraded = OpsetUpgrade.Run(graph);

        upgraded.Nodes[0].Attributes.Names.ShouldBeEmpty();
        upgraded.OpsetVersion.ShouldBe(7);
    }

    [Fact]
    public void A_normalization_for_training_is_named()
    {
        Graph graph = Normalization(isTest: 0);

        Should.Throw<InvalidNetworkException>(() => OpsetUpgrade.Run(graph)).Message.ShouldContain("'node' (BatchNormalization)");
    }

    private static float[] Run(string operatorName, NodeAttributes attributes, Tensor? operand = null, int opset = 6)
    {
        Graph graph = OpsetUpgrade.Run(Graph(operatorName, attributes, opset, operand is null ? [] : [operand]));
        return GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["x"] = Image })["y"].Floats.ToArray();
    }

    private static Graph Normalization(long isTest) => Graph(
        "BatchNormalization", NodeAttributes.None.With("is_test", isTest), 6, [.. Enumerable.Repeat(Tensor.Vector(1f, 1f), 4)]);

    private static Graph Graph(string operatorName, NodeAttributes attributes, int opset, params Tensor[] operands)
    {
        string[] names = [.. Enumerable.Range(0, operands.Length).Select(i => $"c{i}")];
        return new Graph
        {
            Name = "old",
            OpsetVersion = opset,
            Inputs = [new ValueInfo("x", ElementType.Float32, new Shape(-1, 2, 1, 2))],
            Outputs = [new ValueInfo("y", ElementType.Float32, new Shape(-1, 2, 1, 2))],
            Nodes = [new Node(operatorName, "node", ["x", .. names], ["y"], attributes)],
            Initializers = names.Zip(operands).ToImmutableDictionary(p => p.First, p => p.Second, StringComparer.Ordinal),
        };
    }
}
