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

    [Fact]
    public void One_cycle_rises_from_a_25th_and_falls_to_almost_nothing()
    {
        LearningRateSchedule schedule = LearningRateSchedule.OneCycle;

        schedule.Factor(0, 10).ShouldBe(1.0 / 25, 1e-12);
        schedule.Factor(3, 10).ShouldBe(1, 1e-12);
        schedule.Factor(10, 10).ShouldBe(1.0 / 25e4, 1e-12);
        Enumerable.Range(1, 30).ShouldAllBe(s => schedule.Factor(s / 10.0, 10) > schedule.Factor((s - 1) / 10.0, 10));
        Enumerable.Range(31, 70).ShouldAllBe(s => schedule.Factor(s / 10.0, 10) < schedule.Factor((s - 1) / 10.0, 10));
    }

    [Fact]
    public void Steps_multiply_at_their_points_after_the_warm_up()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Steps(0.1, 0.5, 0.75) with { WarmUpEpochs = 2 };

        schedule.Factor(1, 12).ShouldBe(0.5);
        schedule.Factor(6.9, 12).ShouldBe(1);
        schedule.Factor(7, 12).ShouldBe(0.1, 1e-12);
        schedule.Factor(11, 12).ShouldBe(0.01, 1e-12);
    }

    [Fact]
    public void Schedules_with_the_same_numbers_are_equal()
    {
        LearningRateSchedule.Steps(0.1, 0.5).ShouldBe(LearningRateSchedule.Steps(0.1, 0.5));
        LearningRateSchedule.Steps(0.1, 0.5).ShouldNotBe(LearningRateSchedule.Steps(0.1, 0.6));
    }

    [Fact]
    public void What_a_schedule_cannot_do_is_a_problem()
    {
        Problems(LearningRateSchedule.OneCycle with { WarmUpEpochs = 1 }).ShouldHaveSingleItem().ShouldContain("has its own rise");
        Problems(LearningRateSchedule.Steps(2, 0.5)).ShouldHaveSingleItem().ShouldContain("factor of the stepped");
        Problems(LearningRateSchedule.Steps(0.1, 1.5)).ShouldHaveSingleItem().ShouldContain("1.5");

        static List<string> Problems(LearningRateSchedule schedule)
        {
            var problems = new List<string>();
            schedule.Validate(problems);
            return problems;
        }
    }
}
