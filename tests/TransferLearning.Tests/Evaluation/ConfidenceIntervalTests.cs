using TransferLearning.Evaluation;
using TransferLearning.Numerics;

namespace TransferLearning.Tests.Evaluation;

public class ConfidenceIntervalTests
{
    /// <summary>Values from tables of Student's t.</summary>
    [Theory]
    [InlineData(0.95, 1, 12.7062)]
    [InlineData(0.95, 2, 4.3027)]
    [InlineData(0.95, 4, 2.7764)]
    [InlineData(0.95, 9, 2.2622)]
    [InlineData(0.99, 5, 4.0321)]
    [InlineData(0.90, 30, 1.6973)]
    [InlineData(0.95, 1000, 1.9623)]
    public void The_bounds_of_students_t_are_those_of_the_tables(double probability, int degrees, double expected) =>
        StudentDistribution.Bound(probability, degrees).ShouldBe(expected, 1e-4);

    [Fact]
    public void The_overlap_of_training_parts_widens_the_interval()
    {
        // Mean 0.8, variance 0.001; 5 folds: t = 2.7764, sqrt((1/5 + 1/4) * 0.001) = 0.021213.
        double[] accuracies = [0.76, 0.78, 0.80, 0.82, 0.84];

        var interval = ConfidenceInterval.Corrected(accuracies, testToTrain: 0.25, level: 0.95);

        interval.Lower.ShouldBe(0.8 - 0.058897, 1e-5);
        interval.Upper.ShouldBe(0.8 + 0.058897, 1e-5);
        interval.Level.ShouldBe(0.95);
    }

    [Fact]
    public void The_interval_of_an_accuracy_stays_within_0_and_1() =>
        ConfidenceInterval.Corrected([0.9, 1, 1], testToTrain: 0.5, level: 0.95).Upper.ShouldBe(1);

    [Fact]
    public void A_share_has_the_score_interval_of_wilson()
    {
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I: 81 of 263 and 0 of 20.
        var interval = ConfidenceInterval.OfShare(81 / 263.0, 263);

        interval.Lower.ShouldBe(0.2553, 5e-5);
        interval.Upper.ShouldBe(0.3662, 5e-5);
        ConfidenceInterval.OfShare(0, 20).Upper.ShouldBe(0.1611, 5e-5);
        ConfidenceInterval.OfShare(0, 20).Lower.ShouldBe(0);
    }

    [Fact]
    public void A_higher_level_widens_the_interval_of_a_share()
    {
        // 1.959964 and 2.575829 standard errors in Wilson's formula.
        var at99 = ConfidenceInterval.OfShare(0.5, 100, 0.99);

        at99.Level.ShouldBe(0.99);
        at99.Lower.ShouldBe(0.3753, 5e-5);
        ConfidenceInterval.OfShare(0.5, 100).Lower.ShouldBe(0.4038, 5e-5);
        Should.Throw<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfShare(0.5, 100, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => ConfidenceInterval.OfShare(0.5, 100, 0));
    }

    [Fact]
    public void A_difference_on_the_same_images_has_the_interval_of_agresti_and_min()
    {
        // 1600 images, 150 that only the first classifies correctly and 86 that only the second does: 64 / 1602 = 0.03995, and
        // 1.959964 * sqrt(237 - 64^2 / 1602) / 1602 = 0.018733.
        var interval = ConfidenceInterval.OfPairedDifference(150, 86, 1600);

        interval.Lower.ShouldBe(0.03995 - 0.018733, 1e-5);
        interval.Upper.ShouldBe(0.03995 + 0.018733, 1e-5);
        ConfidenceInterval.OfPairedDifference(86, 150, 1600).Lower.ShouldBe(-interval.Upper, 1e-12);
    }

    [Fact]
    public void Without_images_that_only_one_classifies_correctly_the_interval_is_around_0()
    {
        var interval = ConfidenceInterval.OfPairedDifference(0, 0, 100);

        interval.Lower.ShouldBeLessThan(0);
        interval.Upper.ShouldBe(-interval.Lower, 1e-12);
        ConfidenceInterval.OfPairedDifference(1, 0, 1).Upper.ShouldBeLessThanOrEqualTo(1);
    }
}
