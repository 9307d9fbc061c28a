using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Tensors;

public class BroadcastingTests
{
    [Fact]
    public void Extents_of_one_and_missing_axes_repeat_to_the_other_extent()
    {
        Broadcasting.Combine(new Shape(2, 1, 4), new Shape(3, 1)).ShouldBe(new Shape(2, 3, 4));
        Broadcasting.Combine(Shape.Scalar, new Shape(5)).ShouldBe(new Shape(5));
        Broadcasting.Combine(new Shape(1), new Shape(0)).ShouldBe(new Shape(0));
    }

    [Fact]
    public void Other_extents_do_not_fit()
    {
        Broadcasting.Combine(new Shape(2, 3), new Shape(2)).ShouldBeNull();
    }

    [Fact]
    public void A_column_repeats_along_the_rows()
    {
        var column = Tensor.Create(new Shape(2, 1), [1f, 2f]);

        column.BroadcastTo(new Shape(2, 2, 3)).Floats.ToArray().ShouldBe([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2]);
    }
}
