using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Tensors;

public class TensorConversionTests
{
    [Fact]
    public void Fractions_are_cut_off_towards_zero()
    {
        Tensor.Vector(1.9f, -1.9f).To(ElementType.Int64).Values<long>().ToArray().ShouldBe([1, -1]);
    }

    [Fact]
    public void Values_out_of_range_become_the_nearest_in_range()
    {
        Tensor.Vector(300L, -5L).To(ElementType.UInt8).Values<byte>().ToArray().ShouldBe([255, 0]);
    }

    [Fact]
    public void Large_integers_keep_every_digit()
    {
        const long Large = (1L << 62) + 1;

        Tensor.Vector(Large).To(ElementType.Int64).Values<long>()[0].ShouldBe(Large);
    }

    [Fact]
    public void Booleans_are_zero_and_one()
    {
        Tensor.Vector(true, false).ToDoubles().ShouldBe([1, 0]);
        Tensor.Vector(0.5f, 0f).To(ElementType.Boolean).Values<bool>().ToArray().ShouldBe([true, false]);
    }
}
