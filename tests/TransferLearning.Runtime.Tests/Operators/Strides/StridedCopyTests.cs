using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Operators.Strides;

public class StridedCopyTests
{
    [Fact]
    public void Any_order_of_the_axes_gives_the_elements_at_their_places()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            int[] extents = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 22))];
            int[] order = [.. Enumerable.Range(0, extents.Length)];
            random.Shuffle(order);
            var shape = new Shape(extents);
            int[] own = StridedIndex.StridesOf(shape);
            var target = new Shape([.. order.Select(a => extents[a])]);
            int[] strides = [.. order.Select(a => own[a])];
            int[] positions = StridedIndex.Positions(target, strides);

            Tensor floats = StridedCopy.Create(Numbers(shape, i => (float)i), target, strides);
            Tensor bytes = StridedCopy.Create(Numbers(shape, i => (byte)i), target, strides);
            Tensor longs = StridedCopy.Create(Numbers(shape, i => (long)i), target, strides);

            floats.Floats.ToArray().ShouldBe(positions.Select(p => (float)p));
            bytes.Values<byte>().ToArray().ShouldBe(positions.Select(p => (byte)p));
            longs.Values<long>().ToArray().ShouldBe(positions.Select(p => (long)p));
        }
    }

    [Fact]
    public void A_tensor_without_elements_gives_one()
    {
        Tensor copied = StridedCopy.Create(Tensor.Create<float>(new Shape(3, 0, 2), []), new Shape(2, 0, 3), [1, 2, 0]);

        copied.Length.ShouldBe(0);
        copied.Shape.ShouldBe(new Shape(2, 0, 3));
    }

    private static Tensor Numbers<T>(Shape shape, Func<int, T> value)
        where T : unmanaged => Tensor.Create(shape, [.. Enumerable.Range(0, shape.Length).Select(value)]);
}
