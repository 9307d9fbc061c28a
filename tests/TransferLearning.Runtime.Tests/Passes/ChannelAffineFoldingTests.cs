using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class ChannelAffineFoldingTests
{
    private readonly GraphBuilder _b = new("test", 13, seed: 1);

    [Fact]
    public void Batch_normalization_after_a_grouped_convolution_is_folded_into_its_weights()
    {
        string x = _b.BatchNormalization(_b.Conv(_b.Input("x", 2, 4, 6, 5), 8, 3, group: 2));

        Graph folded = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), ChannelAffineFolding.Run);

        PassAssert.Operators(folded).ShouldBe("Conv");
    }

    [Theory]
    [InlineData("Mul", true)]
    [InlineData("Mul", false)]
    [InlineData("Add", true)]
    [InlineData("Add", false)]
    [InlineData("Sub", true)]
    [InlineData("Sub", false)]
    [InlineData("Div", true)]
    public void Arithmetic_with_one_constant_per_channel_is_folded_into_the_convolution(string name, bool convolutionFirst)
    {
        string x = _b.ConvWithBias(_b.Input("x", 1, 3, 5, 5), 4, 3);
        string constant = _b.RandomConstant(2, 0.3, 4, 1, 1);
        string y = _b.Node(name, convolutionFirst ? [x, constant] : [constant, x]);

        Graph folded = PassAssert.KeepsOutputs(_b.Output(y, "y").Build(), ChannelAffineFolding.Run);

        PassAssert.Operators(folded).ShouldBe("Conv");
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    public void A_summand_after_a_matrix_product_becomes_its_bias(long transposed)
    {
        string weights = transposed == 1 ? _b.RandomConstant(0, 1, 5, 6) : _b.RandomConstant(0, 1, 6, 5);
        string bias = _b.RandomConstant(0, 1, 5);
        string x = _b.Node("Gemm", [_b.Input("x", 2, 6), weights, bias], ("transB", transposed), ("beta", 0.5f), ("alpha", 2f));
        string y = _b.Node("Mul", [_b.Add(x, _b.RandomConstant(0, 1, 5)), _b.RandomConstant(0, 1, 1, 5)]);

        Graph folded = PassAssert.KeepsOutputs(_b.Output(y, "y").Build(), GraphOptimizer.Run);

        PassAssert.Operators(folded).ShouldBe("Gemm");
    }

    [Fact]
    public void A_constant_along_the_width_stays()
    {
        string x = _b.Conv(_b.Input("x", 1, 3, 5, 4), 4, 3);
        string y = _b.Add(x, _b.RandomConstant(0, 1, 4));

        PassAssert.Operators(ChannelAffineFolding.Run(_b.Output(y, "y").Build())).ShouldBe("Conv Add");
    }

    [Fact]
    public void A_convolution_that_something_else_uses_stays()
    {
        string x = _b.Conv(_b.Input("x", 1, 3, 5, 5), 4, 3);
        string y = _b.Add(_b.BatchNormalization(x), _b.Relu(x));

        Graph folded = PassAssert.KeepsOutputs(_b.Output(y, "y").Build(), ChannelAffineFolding.Run);

        PassAssert.Operators(folded).ShouldContain("BatchNormalization");
    }

    [Fact]
    public void A_convolution_that_is_an_output_stays()
    {
        string x = _b.Conv(_b.Input("x", 1, 3, 5, 5), 4, 3);
        string y = _b.BatchNormalization(x);

        Graph folded = PassAssert.KeepsOutputs(_b.Output(y, "y").Output(x, "inner").Build(), ChannelAffineFolding.Run);

        PassAssert.Operators(folded).ShouldBe("Conv BatchNormalization");
    }

    [Fact]
    public void A_constant_that_widens_the_result_stays()
    {
        string x = _b.Node("Gemm", [_b.Input("x", 1, 6), _b.RandomConstant(0, 1, 6, 5)]);
        string y = _b.Add(x, _b.Constant(Tensor.Create(new Shape(1, 1, 1), [3f])));

        PassAssert.Operators(ChannelAffineFolding.Run(_b.Output(y, "y").Build())).ShouldBe("Gemm Add");
    }
}
