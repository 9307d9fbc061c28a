namespace TransferLearning.MLNet.Vision.Tests.Training;

public sealed class MLNetLearningRateTests
{
    [Fact]
    public void A_rate_is_constant_or_falls()
    {
        MLNetLearningRate.Constant(0.5).IsConstant.ShouldBeTrue();
        MLNetLearningRate.Constant(0.5).Initial.ShouldBe(0.5);
        MLNetLearningRate.Exponential(0.5, 1, 1).IsConstant.ShouldBeFalse();
        MLNetLearningRate.Default.ShouldBe(MLNetLearningRate.Exponential(0.01, 2, 0.94));
    }

    [Theory]
    [InlineData(0, 2, 0.9)]
    [InlineData(double.NaN, 2, 0.9)]
    [InlineData(0.1, 0.5, 0.9)]
    [InlineData(0.1, 2, 0)]
    [InlineData(0.1, 2, 1.1)]
    public void A_rate_that_cannot_be_used_is_named(double initial, double epochs, double decay)
    {
        var problems = new List<string>();

        MLNetLearningRate.Exponential(initial, epochs, decay).Validate(problems);

        problems.ShouldHaveSingleItem().ShouldContain("the learning rate");
    }
}
