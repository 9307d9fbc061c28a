using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Operators;

public class SpatialWindowTests
{
    [Theory]
    [InlineData(5, 2, 2, 0L, 2)]
    [InlineData(5, 2, 2, 1L, 3)]
    [InlineData(4, 2, 2, 1L, 2)]
    public void Rounding_up_adds_a_window_that_reaches_beyond_the_input(int input, int kernel, long stride, long ceil, int expected)
    {
        Window(input, kernel, ("strides", ImmutableArray.Create(stride)), ("ceil_mode", ceil)).Output.ShouldBe(expected);
    }

    [Fact]
    public void Rounding_up_adds_no_window_that_begins_beyond_the_input()
    {
        Window(2, 1, ("strides", ImmutableArray.Create(2L)), ("ceil_mode", 1L)).Output.ShouldBe(1);
    }

    [Theory]
    [InlineData("SAME_UPPER", 0, 1)]
    [InlineData("SAME_LOWER", 1, 0)]
    [InlineData("VALID", 0, 0)]
    public void Automatic_padding_adds_an_odd_element_on_the_given_side(string mode, int begin, int end)
    {
        WindowAxis axis = Window(6, 3, ("strides", ImmutableArray.Create(2L)), ("auto_pad", mode));

        (axis.PadBegin, axis.PadEnd).ShouldBe((begin, end));
    }

    [Fact]
    public void A_window_larger_than_the_padded_input_is_refused()
    {
        Should.Throw<InvalidNetworkException>(() => Window(3, 5)).Message.ShouldContain("'pool' (MaxPool)");
    }

    private static WindowAxis Window(int input, int kernel, params (string Name, object Value)[] attributes)
    {
        NodeAttributes all = attributes.Aggregate(NodeAttributes.None, (a, p) => a.With(p.Name, p.Value));
        var node = new Node("MaxPool", "pool", ["x"], ["y"], all);
        return SpatialWindow.Of(node, new Shape(1, 1, input), [kernel]).Horizontal;
    }
}
