using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class EpochOrderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 32)]
    [InlineData(47, 10)]
    [InlineData(50, 10)]
    [InlineData(51, 10)]
    [InlineData(1000, 7)]
    public void Steps_hold_every_image_once_and_differ_by_at_most_one(int images, int batchSize)
    {
        int[] numbers = [.. Enumerable.Range(100, images)];

        var order = EpochOrder.Of(numbers, batchSize, seed: 1, epoch: 0);

        order.Steps.ShouldBe(EpochOrder.StepsOf(images, batchSize));
        int[][] steps = [.. Enumerable.Range(0, order.Steps).Select(s => order.Of(s).ToArray())];
        steps.SelectMany(s => s).Order().ShouldBe(numbers);
        steps.Max(s => s.Length).ShouldBeLessThanOrEqualTo(batchSize);
        (steps.Max(s => s.Length) - steps.Min(s => s.Length)).ShouldBeLessThanOrEqualTo(1);
        order.First(order.Steps).ShouldBe(images);
    }

    [Fact]
    public void The_order_depends_on_the_seed_and_the_epoch_alone()
    {
        int[] numbers = [.. Enumerable.Range(0, 100)];

        Order(1, 0).ShouldBe(Order(1, 0));
        Order(1, 0).ShouldNotBe(Order(1, 1));
        Order(1, 0).ShouldNotBe(Order(2, 0));
        Order(1, 0).ShouldNotBe(numbers);
        numbers.ShouldBe(Enumerable.Range(0, 100));

        int[] Order(int seed, int epoch) => EpochOrder.Of(numbers, 100, seed, epoch).Of(0).ToArray();
    }

    [Fact]
    public void Random_numbers_depend_on_their_purpose()
    {
        EpochOrder.RandomOf(1, 5, "order").Next().ShouldBe(EpochOrder.RandomOf(1, 5, "order").Next());
        EpochOrder.RandomOf(1, 5, "order").Next().ShouldNotBe(EpochOrder.RandomOf(1, 5, "mixing").Next());
        EpochOrder.RandomOf(1, 5, "order").Next().ShouldNotBe(EpochOrder.RandomOf(1, 6, "order").Next());
    }
}
