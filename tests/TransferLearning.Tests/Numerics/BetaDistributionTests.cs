using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public sealed class BetaDistributionTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Numbers_have_the_mean_and_the_variance_of_the_distribution(double parameter)
    {
        var random = new Random(1);
        double[] numbers = [.. Enumerable.Range(0, 20_000).Select(_ => BetaDistribution.Sample(parameter, random))];

        // The variance of the symmetric distribution is 1 / (4 * (2 * parameter + 1)).
        double variance = 1 / (4 * ((2 * parameter) + 1)), mean = numbers.Average();
        mean.ShouldBe(0.5, 5 * Math.Sqrt(variance / numbers.Length));
        numbers.Average(n => (n - mean) * (n - mean)).ShouldBe(variance, 0.05 * variance);
        numbers.ShouldAllBe(n => n >= 0 && n <= 1);
    }

    [Fact]
    public void A_very_small_parameter_gives_numbers_near_the_ends()
    {
        var random = new Random(1);
        double[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => BetaDistribution.Sample(1e-3, random))];

        numbers.ShouldAllBe(n => n >= 0 && n <= 1);
        numbers.Count(n => n < 0.5).ShouldBeInRange(420, 580);
        numbers.Count(n => n is > 0.01 and < 0.99).ShouldBeLessThan(30);
    }
}
