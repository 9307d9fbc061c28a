using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class LearningRateFinderTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(1000)]
    public void The_rate_for_a_quadratic_is_near_but_below_the_one_at_which_descent_grows(double curvature)
    {
        // Gradient descent on curvature * x * x / 2 grows at rates above 2 / curvature. As over few images, gradients are noisy.
        double x = 10, stable = 2 / curvature;
        var random = new Random(1);

        double found = LearningRateFinder.Find((_, rate) =>
        {
            double loss = 1 + (curvature * x * x / 2);
            x -= rate * curvature * (x + random.NextDouble() - 0.5);
            return loss;
        });

        found.ShouldBeInRange(stable / 50, stable);
    }

    [Fact]
    public void Rates_rise_evenly_on_a_logarithmic_scale()
    {
        var rates = new List<double>();

        double found = LearningRateFinder.Find((step, rate) =>
        {
            step.ShouldBe(rates.Count);
            rates.Add(rate);
            return 1.0 / rates.Count;
        });

        rates.Count.ShouldBe(100);
        rates[0].ShouldBe(1e-6, 1e-12);
        rates[^1].ShouldBe(1, 1e-9);
        (rates[50] / rates[49]).ShouldBe(rates[11] / rates[10], 1e-9);
        found.ShouldBe(0.1, 1e-9);
    }

    [Fact]
    public void The_search_ends_where_the_loss_rises_far_above_the_lowest()
    {
        int steps = 0;

        double found = LearningRateFinder.Find((step, _) =>
        {
            steps++;
            return step < 40 ? 2 - (step * 0.04) : 100;
        });

        steps.ShouldBe(41);
        found.ShouldBe(Math.Pow(10, -6 + (39 * 6.0 / 99)) / 10, 1e-9);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_search_ends_at_a_loss_that_is_not_finite(double loss)
    {
        int steps = 0;

        double found = LearningRateFinder.Find((step, _) =>
        {
            steps++;
            return step < 30 ? 5 - (step * 0.1) : loss;
        });

        steps.ShouldBe(31);
        found.ShouldBe(Math.Pow(10, -6 + (29 * 6.0 / 99)) / 10, 1e-9);
    }

    [Fact]
    public void Losses_that_only_rise_give_the_lowest_rate() =>
        LearningRateFinder.Find((step, _) => Math.Exp(step)).ShouldBe(1e-7, 1e-12);

    [Fact]
    public void A_single_low_loss_does_not_decide()
    {
        double found = LearningRateFinder.Find((step, _) => step == 5 ? 1.5 : step < 60 ? 3 - (step * 0.04) : 20);

        found.ShouldBe(Math.Pow(10, -6 + (59 * 6.0 / 99)) / 10, 1e-9);
    }
}
