using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public sealed class McNemarTestTests
{
    // Twice the binomial tail, and erfc(sqrt((|b - c| - 1)^2 / (b + c) / 2)), computed with Python's math module.
    [Theory]
    [InlineData(1, 9, 0.021484375, true)]
    [InlineData(9, 1, 0.021484375, true)]
    [InlineData(7, 17, 0.063914656639099, true)]
    [InlineData(10, 30, 0.002663119259138554, false)]
    public void The_p_value_is_exact_below_25_discordant_images_and_that_of_chi_squared_from_there(
        int onlyFirst, int onlySecond, double expected, bool isExact)
    {
        var test = McNemarTest.Of(onlyFirst, onlySecond);

        test.PValue.ShouldBe(expected, 1e-7);
        test.IsExact.ShouldBe(isExact);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(20, 20)]
    [InlineData(20, 21)]
    public void Models_that_are_equally_often_right_do_not_differ(int onlyFirst, int onlySecond) =>
        McNemarTest.Of(onlyFirst, onlySecond).PValue.ShouldBe(1, 1e-9);
}
