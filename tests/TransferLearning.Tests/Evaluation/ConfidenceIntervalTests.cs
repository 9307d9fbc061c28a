using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public class ConfidenceIntervalTests
{
    [Fact]
    public void Groups_that_differ_by_more_than_chance_widen_the_interval_of_a_share()
    {
        // 4 groups of 10 images, 10, 10, 0 and 0 right: share 0.5, squares 4 * 25 = 100, variance 4 / 3 * 100 / 1600 = 0.08333;
        // binomial 0.25 / 40 = 0.00625; design effect 13.33: the images count as 3.
        var grouped = ConfidenceInterval.OfShare([(10, 10), (10, 10), (0, 10), (0, 10)], 0.95);

        grouped.Lower.ShouldBe(ConfidenceInterval.OfShare(0.5, 3).Lower, 1e-9);
        grouped.Upper.ShouldBe(ConfidenceInterval.OfShare(0.5, 3).Upper, 1e-9);
        grouped.Level.ShouldBe(0.95);
    }

    [Fact]
    public void Images_that_are_alone_in_their_groups_and_groups_that_differ_as_by_chance_have_the_plain_interval()
    {
        ConfidenceInterval.OfShare([(1, 1), (1, 1), (1, 1), (0, 1)], 0.95).ShouldBe(ConfidenceInterval.OfShare(0.75, 4));
        ConfidenceInterval.OfShare([(5, 10), (5, 10)], 0.95).ShouldBe(ConfidenceInterval.OfShare(0.5, 20));
        ConfidenceInterval.OfShare([(7, 7), (3, 3)], 0.95).ShouldBe(ConfidenceInterval.OfShare(1, 10));
        ConfidenceInterval.OfShare([(7, 9)], 0.95).ShouldBe(ConfidenceInterval.OfShare(7 / 9.0, 9));
    }

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
