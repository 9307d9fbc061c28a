using TransferLearning.MLNet.Vision.Training;

namespace TransferLearning.MLNet.Vision.Tests.Training;

public sealed class RowScheduleTests
{
    [Fact]
    public void Every_row_comes_once_where_all_weights_are_equal()
    {
        RowSchedule.Of(Bottlenecks.Make(20, features: 1), 3).Order().ShouldBe(Enumerable.Range(0, 20));
        RowSchedule.Of(Bottlenecks.Make(20, features: 1, weights: [.. Enumerable.Repeat(0.25f, 20)]), 3).Order()
            .ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public void Different_seeds_give_different_orders() =>
        RowSchedule.Of(Bottlenecks.Make(20, features: 1), 3).SequenceEqual(RowSchedule.Of(Bottlenecks.Make(20, features: 1), 4))
            .ShouldBeFalse();

    [Fact]
    public void A_row_comes_in_proportion_to_its_weight_and_the_length_is_limited()
    {
        float[] weights = [.. Enumerable.Range(0, 300).Select(i => i % 100 == 0 ? 50f : 0.01f + (i % 10))];

        int[] rows = RowSchedule.Of(Bottlenecks.Make(300, features: 1, weights: weights), 3);

        rows.Length.ShouldBeInRange(1190, 1210);
        double scale = rows.Length / (double)weights.Sum();
        rows.CountBy(r => r).ShouldAllBe(c => Math.Abs(c.Value - (weights[c.Key] * scale)) < 1.01);
    }
}
