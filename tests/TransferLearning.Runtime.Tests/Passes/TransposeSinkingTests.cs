using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class TransposeSinkingTests
{
    private readonly GraphBuilder _b = new("test", 13, seed: 4);

    [Fact]
    public void Two_that_cancel_each_other_disappear_with_arithmetic_between_them()
    {
        string x = Transpose(_b.Input("x", 1, 3, 4, 5), 0, 2, 3, 1);
        x = _b.Node("Sub", [x, _b.RandomConstant(0, 1, 3)]);
        x = _b.Node("Div", [_b.RandomConstant(2, 0.1, 1, 5, 3), _b.Node("Cast", [x], ("to", 1L))]);
        x = Transpose(_b.Node("Clip", [x, _b.Constant(Tensor.Scalar(-1f))]), 0, 3, 1, 2);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(_b.Relu(x), "y").Build(), TransposeSinking.Run);

        PassAssert.Operators(changed).ShouldBe("Sub Cast Div Clip Relu Identity");
    }

    [Fact]
    public void Two_in_a_row_become_one()
    {
        string x = Transpose(Transpose(_b.Input("x", 2, 3, 4, 5), 0, 2, 3, 1), 1, 3, 0, 2);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), TransposeSinking.Run);

        PassAssert.Operators(changed).ShouldBe("Transpose");
    }

    [Fact]
    public void One_whose_value_is_read_twice_or_is_an_output_stays_before_the_arithmetic()
    {
        string x = Transpose(_b.Input("x", 1, 3, 4, 5), 0, 2, 3, 1);
        string y = _b.Node("Mul", [x, _b.RandomConstant(0, 1, 3)]);
        string z = _b.Node("Concat", [Transpose(y, 0, 3, 1, 2), Transpose(x, 0, 3, 1, 2)], ("axis", 1L));
        Graph graph = _b.Output(z, "z").Output(x, "y").Build();

        Graph changed = PassAssert.KeepsOutputs(graph, TransposeSinking.Run);

        PassAssert.Operators(changed).ShouldBe("Transpose Mul Transpose Concat");
    }

    [Fact]
    public void A_product_of_two_values_is_left_alone()
    {
        string x = _b.Input("x", 1, 3, 4, 5);
        Graph graph = _b.Output(_b.Node("Mul", [Transpose(x, 0, 2, 3, 1), Transpose(_b.Relu(x), 0, 2, 3, 1)]), "y").Build();

        TransposeSinking.Run(graph).ShouldBeSameAs(graph);
    }

    private string Transpose(string x, params long[] order) => _b.Node("Transpose", [x], ("perm", order.ToImmutableArray()));
}
