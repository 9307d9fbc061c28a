using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public class ReliabilityGroupsTests
{
    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 2)]
    [InlineData(44, 4)]
    [InlineData(5000, 5)]
    public void Groups_have_at_least_ten_images_and_are_no_more_than_fit_a_phone(int images, int expected)
    {
        var groups = new ReliabilityGroups();
        for (int i = 0; i < images; i++)
        {
            groups.Add((double)i / images, isRight: i % 2 == 0);
        }

        IReadOnlyList<ReliabilityBin> bins = groups.ToBins();

        bins.Count.ShouldBe(expected);
        bins.ShouldAllBe(b => b.Images >= 10 && b.Lower <= b.Confidence && b.Confidence <= b.Upper);
        (expected == 0 || bins.Sum(b => b.Images) == images).ShouldBeTrue();
    }

    [Fact]
    public void Groups_are_in_the_order_of_their_probabilities_with_their_share_of_right_ones()
    {
        var groups = new ReliabilityGroups();
        for (int i = 0; i < 10; i++)
        {
            groups.Add(0.9, isRight: i < 8);
            groups.Add(0.6, isRight: i < 5);
        }

        ReliabilityBin[] bins = [.. groups.ToBins()];

        bins.Select(b => (b.Images, Math.Round(b.Confidence, 6), b.Accuracy)).ShouldBe([(10, 0.6, 0.5), (10, 0.9, 0.8)]);
    }
}
