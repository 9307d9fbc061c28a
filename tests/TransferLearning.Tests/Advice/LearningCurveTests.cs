using TransferLearning.Advice;

namespace TransferLearning.Tests.Advice;

public class LearningCurveTests
{
    [Fact]
    public void A_power_law_is_recovered_and_extrapolated()
    {
        LearningCurve curve = Curve(n => 0.05 + (1.2 * Math.Pow(n, -0.5)), 50, 100, 200, 400, 800);

        curve.Predict(1600).ShouldBe(1 - (0.05 + (1.2 * Math.Pow(1600, -0.5))), 0.002);
        curve.GainFromTwiceTheImages.ShouldBe(100 * 1.2 * (Math.Pow(800, -0.5) - Math.Pow(1600, -0.5)), 0.2);
    }

    [Fact]
    public void A_curve_that_is_flat_or_falls_promises_nothing()
    {
        Curve(_ => 0.2, 50, 100, 200, 400).GainFromTwiceTheImages.ShouldBe(0, 1e-6);
        Curve(n => 0.1 + (n / 10_000), 50, 100, 200, 400).GainFromTwiceTheImages.ShouldBe(0, 1e-6);
    }

    [Fact]
    public void A_perfect_classifier_has_nothing_to_gain()
    {
        LearningCurve curve = Curve(_ => 0, 10, 20);

        curve.Predict(40).ShouldBe(1, 1e-9);
        curve.GainFromTwiceTheImages.ShouldBe(0, 1e-9);
    }

    private static LearningCurve Curve(Func<double, double> error, params double[] images) =>
        new([.. images.Select(n => new LearningCurvePoint(n, 1 - error(n)))], 1000);
}
