using TransferLearning.Heads;

namespace TransferLearning.Tests.Heads;

public class LearningRateScheduleTests
{
    [Fact]
    public void A_constant_rate_does_not_change() => LearningRateSchedule.Constant.Factor(57.5, 100).ShouldBe(1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(25, 0.853553)]
    [InlineData(50, 0.5)]
    [InlineData(100, 0)]
    public void A_cosine_falls_to_zero(double epoch, double factor) =>
        LearningRateSchedule.Cosine.Factor(epoch, 100).ShouldBe(factor, 1e-6);

    [Fact]
    public void An_exponential_rate_falls_after_each_epoch()
    {
        var schedule = LearningRateSchedule.Exponential(0.9);

        schedule.Factor(0.5, 100).ShouldBe(1);
        schedule.Factor(2.5, 100).ShouldBe(0.81, 1e-9);
    }

    [Fact]
    public void The_warm_up_rises_from_zero_and_the_rest_follows()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Cosine with { WarmUpEpochs = 10 };

        schedule.Factor(0, 110).ShouldBe(0);
        schedule.Factor(5, 110).ShouldBe(0.5);
        schedule.Factor(10, 110).ShouldBe(1);
        schedule.Factor(60, 110).ShouldBe(0.5, 1e-9);
    }
}
