using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class RecognitionTests
{
    private readonly GraphBuilder _b = new("test", 13, seed: 3);

    [Theory]
    [InlineData(1L, "GlobalAveragePool")]
    [InlineData(0L, "GlobalAveragePool Flatten")]
    public void The_mean_over_height_and_width_is_global_pooling(long keep, string expected)
    {
        string x = _b.Node("ReduceMean", [_b.Input("x", 2, 3, 4, 5)], ("axes", ImmutableArray.Create(-1L, 2)), ("keepdims", keep));

        Graph changed = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), GlobalPoolRecognition.Run);

        PassAssert.Operators(changed).ShouldBe(expected);
    }

    [Fact]
    public void The_mean_over_channels_stays()
    {
        string x = _b.Node("ReduceMean", [_b.Input("x", 2, 3, 4, 5)], ("axes", ImmutableArray.Create(1L, 2)));

        PassAssert.Operators(GlobalPoolRecognition.Run(_b.Output(x, "y").Build())).ShouldBe("ReduceMean");
    }

    [Fact]
    public void A_window_over_the_whole_image_is_global_pooling()
    {
        string x = _b.Node("AveragePool", [_b.Input("x", 2, 3, 4, 5)], ("kernel_shape", ImmutableArray.Create(4L, 5)));

        Graph changed = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), GlobalPoolRecognition.Run);

        PassAssert.Operators(changed).ShouldBe("GlobalAveragePool");
    }

    [Fact]
    public void The_flattening_that_PyTorch_computes_from_the_shape_becomes_Flatten()
    {
        string x = _b.Input("x", 1, 6, 2, 2);
        string batch = _b.Node("Gather", [_b.Node("Shape", [x]), _b.Constant(Tensor.Scalar(0L))]);
        string rows = _b.Node("Unsqueeze", [batch, _b.Constant(Tensor.Vector(0L))]);
        string shape = _b.Node("Concat", [rows, _b.Constant(Tensor.Vector(-1L))], ("axis", 0L));

        // The builder computes no values, so the shape is put in the place of a constant afterwards.
        Graph graph = _b.Output(_b.Node("Reshape", [x, _b.Constant(Tensor.Vector(1L, 24))]), "y").Build();
        Node reshape = graph.Nodes[^1];
        graph = graph with { Nodes = graph.Nodes.Replace(reshape, reshape with { Inputs = [x, shape] }) };

        Graph changed = PassAssert.KeepsOutputs(graph, GraphOptimizer.Run);

        PassAssert.Operators(changed).ShouldBe("Flatten");
        changed.Initializers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2, "Gather")]
    [InlineData(3, "Gather")]
    public void A_channel_shuffle_selects_channels(int groups, string expected)
    {
        Graph changed = PassAssert.KeepsOutputs(Shuffle(groups, 0, 2, 1, 3, 4), ChannelShuffleRecognition.Run);

        PassAssert.Operators(changed).ShouldBe(expected);
    }

    [Fact]
    public void A_Transpose_of_other_axes_is_no_channel_shuffle() =>
        PassAssert.Operators(ChannelShuffleRecognition.Run(Shuffle(2, 0, 2, 1, 4, 3))).ShouldBe("Reshape Transpose Reshape");

    private Graph Shuffle(int groups, params long[] order)
    {
        string parted = _b.Node("Reshape", [_b.Input("x", 1, 12, 5, 5), _b.Constant(Tensor.Vector<long>(-1, groups, 12 / groups, 5, 5))]);
        string swapped = _b.Node("Transpose", [parted], ("perm", order.ToImmutableArray()));
        return _b.Output(_b.Node("Reshape", [swapped, _b.Constant(Tensor.Vector(1L, 12, 5, 5))]), "y").Build();
    }

    [Fact]
    public void A_product_with_constant_weights_and_a_sum_are_one_Gemm()
    {
        string x = _b.Node("MatMul", [_b.Input("x", 2, 6), _b.RandomConstant(0, 1, 6, 4)]);
        string y = _b.Add(_b.RandomConstant(0, 1, 4), x);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(y, "y").Build(), GraphOptimizer.Run);

        PassAssert.Operators(changed).ShouldBe("Gemm");
    }

    [Theory]
    [InlineData("clip, divide, multiply", "HardSwish")]
    [InlineData("clip, multiply, divide", "HardSwish")]
    [InlineData("hard sigmoid, multiply", "HardSwish")]
    [InlineData("clip, divide", "HardSigmoid")]
    public void Hard_activations_are_recognized_by_their_parts(string form, string expected)
    {
        string x = _b.Input("x", 1, 2, 9, 9);
        string scaled = _b.Node("Mul", [x, _b.Constant(Tensor.Scalar(5f))]);
        string clipped = _b.Relu6(_b.Add(scaled, _b.Constant(Tensor.Scalar(3f))));
        string six = _b.Constant(Tensor.Scalar(6f));
        string y = form switch
        {
            "clip, divide, multiply" => _b.Node("Mul", [_b.Node("Div", [clipped, six]), scaled]),
            "clip, multiply, divide" => _b.Node("Div", [_b.Node("Mul", [scaled, clipped]), six]),
            "clip, divide" => _b.Node("Mul", [clipped, _b.Constant(Tensor.Scalar(1f / 6))]),
            "hard sigmoid, multiply" => _b.Node("Mul", [scaled, _b.Node("HardSigmoid", [scaled], ("alpha", 1f / 6))]),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "not a form of this test"),
        };

        Graph changed = PassAssert.KeepsOutputs(_b.Output(y, "y").Build(), GraphOptimizer.Run);

        PassAssert.Operators(changed).ShouldBe($"Mul {expected}");
    }
}
