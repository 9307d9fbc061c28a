using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class PadFoldingTests
{
    private readonly GraphBuilder _b = new("test", 13, seed: 2);

    [Fact]
    public void Zeros_around_an_image_become_pads_of_the_convolution()
    {
        string x = _b.Conv(Pad(_b.Input("x", 1, 3, 8, 8), 0, 1, 2, 1), 4, 3, 2, pad: 1);

        Graph folded = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), PadFolding.Run);

        PassAssert.Operators(folded).ShouldBe("Conv");
    }

    [Fact]
    public void Average_pooling_then_counts_the_padding()
    {
        string x = Pool("AveragePool", Pad(_b.Input("x", 1, 3, 8, 8), 1, 1, 1, 1));

        Graph folded = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), PadFolding.Run);

        PassAssert.Operators(folded).ShouldBe("AveragePool");
    }

    [Fact]
    public void Maximum_pooling_takes_zeros_where_nothing_is_negative()
    {
        string x = Pool("MaxPool", Pad(_b.Relu(_b.Input("x", 1, 3, 8, 8)), 0, 0, 1, 1));

        Graph folded = PassAssert.KeepsOutputs(_b.Output(x, "y").Build(), PadFolding.Run);

        PassAssert.Operators(folded).ShouldBe("Relu MaxPool");
    }

    [Fact]
    public void Maximum_pooling_of_values_that_may_be_negative_keeps_its_zeros()
    {
        string x = Pool("MaxPool", Pad(_b.Input("x", 1, 3, 8, 8), 0, 0, 1, 1));

        PassAssert.Operators(PadFolding.Run(_b.Output(x, "y").Build())).ShouldBe("Pad MaxPool");
    }

    [Fact]
    public void Ones_around_an_image_stay()
    {
        string padded = Pad(_b.Input("x", 1, 3, 8, 8), 1, 1, 1, 1, _b.Constant(Tensor.Scalar(1f)));

        PassAssert.Operators(PadFolding.Run(_b.Output(_b.Conv(padded, 4, 3), "y").Build())).ShouldBe("Pad Conv");
    }

    private string Pad(string x, long top, long left, long bottom, long right, string value = "")
    {
        string pads = _b.Constant(Tensor.Vector(0L, 0, top, left, 0, 0, bottom, right));
        return _b.Node("Pad", value.Length > 0 ? [x, pads, value] : [x, pads]);
    }

    private string Pool(string name, string x) =>
        _b.Node(name, [x], ("kernel_shape", ImmutableArray.Create(3L, 3)), ("strides", ImmutableArray.Create(2L, 2)));
}
