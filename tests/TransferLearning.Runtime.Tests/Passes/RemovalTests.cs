using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class RemovalTests
{
    private readonly GraphBuilder _b = new("test", 13, seed: 4);

    [Fact]
    public void Nodes_that_change_nothing_are_removed()
    {
        string x = _b.Nodes("Dropout", [_b.Node("Identity", [_b.Relu(_b.Input("x", 2, 3))])], 2)[0];
        string y = _b.Node("Exp", [_b.Node("Cast", [x], ("to", 1L))]);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(y, "y").Build(), IdentityRemoval.Run);

        PassAssert.Operators(changed).ShouldBe("Relu Exp");
    }

    [Fact]
    public void A_Pad_of_nothing_is_removed_and_one_that_moves_the_image_stays()
    {
        string x = _b.Relu(_b.Input("x", 1, 2, 4, 4));
        string same = _b.Node("Pad", [x, _b.Constant(Tensor.Vector(0L, 0, 0, 0, 0, 0, 0, 0))]);
        string moved = _b.Node("Pad", [same, _b.Constant(Tensor.Vector(0L, 0, 1, 0, 0, 0, -1, 0))]);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(moved, "y").Build(), IdentityRemoval.Run);

        PassAssert.Operators(changed).ShouldBe("Relu Pad");
    }

    [Fact]
    public void An_output_keeps_its_name_when_the_identity_before_it_is_removed()
    {
        string x = _b.Node("Identity", [_b.Node("Identity", [_b.Relu(_b.Input("x", 2, 3))])]);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), GraphOptimizer.Run);

        PassAssert.Operators(changed).ShouldBe("Relu");
    }

    [Fact]
    public void An_identity_from_an_input_to_an_output_stays()
    {
        Graph graph = _b.Output(_b.Node("Identity", [_b.Input("x", 2, 3)]), "y").Build();

        PassAssert.Operators(PassAssert.KeepsOutputs(graph, GraphOptimizer.Run)).ShouldBe("Identity");
    }

    [Fact]
    public void Constants_are_computed_once()
    {
        string x = _b.Input("x", 2, 3);
        string constant = _b.Node("Sqrt", [_b.Node("Exp", [_b.RandomConstant(0, 1, 3)])]);

        Graph changed = PassAssert.KeepsOutputs(_b.Output(_b.Add(x, constant), "y").Build(), ConstantFolding.Run);

        PassAssert.Operators(changed).ShouldBe("Add");
    }

    [Fact]
    public void Without_a_known_batch_the_shape_is_not_a_constant()
    {
        string x = _b.Input("x", 2, 3);
        Graph graph = _b.Output(_b.Node("Shape", [x]), "y").Build();
        Graph free = graph.WithInputShapes(new Dictionary<string, Shape> { ["x"] = new(-1, 3) });

        PassAssert.Operators(ConstantFolding.Run(graph)).ShouldBe("");
        PassAssert.Operators(ConstantFolding.Run(free)).ShouldBe("Shape");
    }

    [Fact]
    public void Nodes_that_no_output_depends_on_are_removed_but_inputs_stay()
    {
        string x = _b.Input("x", 2, 3);
        string unused = _b.Input("unused", 2, 3);
        _b.Add(_b.Relu(unused), _b.RandomConstant(0, 1, 3));
        Graph graph = _b.Output(_b.Relu(x), "y").Build();

        Graph changed = UnusedRemoval.Run(graph);

        changed.Nodes.Length.ShouldBe(1);
        changed.Initializers.ShouldBeEmpty();
        changed.Inputs.Length.ShouldBe(2);
    }
}
