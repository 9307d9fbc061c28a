using TransferLearning.Runtime.Training.Schedules;

namespace TransferLearning.Runtime.Tests.Training;

public class LearningRateCurveTests
{
    [Fact]
    public void One_cycle_rises_from_a_25th_and_falls_to_almost_nothing()
    {
        var curve = LearningRateCurve.OneCycle(0.25);

        curve.ShareAt(0, 101).ShouldBe(1.0 / 25, 1e-12);
        curve.ShareAt(25, 101).ShouldBe(1, 1e-12);
        curve.ShareAt(100, 101).ShouldBe(1.0 / 25e4, 1e-12);
        Enumerable.Range(1, 25).ShouldAllBe(s => curve.ShareAt(s, 101) > curve.ShareAt(s - 1, 101));
        Enumerable.Range(26, 75).ShouldAllBe(s => curve.ShareAt(s, 101) < curve.ShareAt(s - 1, 101));
    }

    [Fact]
    public void A_cosine_falls_to_0_after_its_rise()
    {
        var curve = LearningRateCurve.Cosine(warmUp: 0.1);

        curve.ShareAt(0, 101).ShouldBe(0);
        curve.ShareAt(5, 101).ShouldBe(0.5, 1e-12);
        curve.ShareAt(10, 101).ShouldBe(1, 1e-12);
        curve.ShareAt(55, 101).ShouldBe(0.5, 1e-12);
        curve.ShareAt(100, 101).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Steps_multiply_at_their_points()
    {
        var curve = LearningRateCurve.Steps(0.1, 0, 0.5, 0.75);

        curve.ShareAt(49, 101).ShouldBe(1);
        curve.ShareAt(50, 101).ShouldBe(0.1, 1e-12);
        curve.ShareAt(80, 101).ShouldBe(0.01, 1e-12);
    }

    [Fact]
    public void A_training_of_one_step_ends_at_once() => LearningRateCurve.Constant().ShareAt(0, 1).ShouldBe(1);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    public void A_rise_that_is_no_part_of_the_training_is_refused(double warmUp) =>
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRateCurve.Cosine(warmUp));
}
