using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class NormalDistributionTests
{
    // Abramowitz and Stegun, "Handbook of mathematical functions", 1964, table 26.1 and 26.6.
    [Theory]
    [InlineData(0.5, 0.674489750196082)]
    [InlineData(0.682689492137086, 1)]
    [InlineData(0.95, 1.959963984540054)]
    [InlineData(0.99, 2.575829303548901)]
    [InlineData(0.999999, 4.891638475699)]
    public void A_bound_is_that_of_the_tables(double probability, double bound)
    {
        NormalDistribution.Bound(probability).ShouldBe(bound, 1e-9);
        NormalDistribution.Within(bound).ShouldBe(probability, 1e-12);
    }

    [Fact]
    public void The_highest_probability_below_1_has_a_bound() =>
        NormalDistribution.Bound(Math.BitDecrement(1.0)).ShouldBeInRange(7.5, 9);
}
