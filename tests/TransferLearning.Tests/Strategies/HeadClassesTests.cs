using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

public class HeadClassesTests
{
    private static readonly string[] Known = ["b", "c"];
    private static readonly string[] All = ["a", "b", "c", "d"];

    [Fact]
    public void A_head_keeps_what_it_knows_under_the_same_names()
    {
        LinearHead head = HeadClasses.Expand(new LinearHead(2, 2, [1, 2, 3, 4], [5, 6]), Known, All);

        head.Weights.ToArray().ShouldBe([0f, 0, 1, 2, 3, 4, 0, 0]);
        head.Bias.ToArray().ShouldBe([0f, 5, 6, 0]);
    }

    [Fact]
    public void Probabilities_of_classes_that_the_head_does_not_know_are_zero() =>
        HeadClasses.Expand([0.2f, 0.8f, 0.5f, 0.5f], Known, All).ShouldBe([0, 0.2f, 0.8f, 0, 0, 0.5f, 0.5f, 0]);

    [Fact]
    public void Labels_point_to_the_same_names()
    {
        var data = new LabeledBottlenecks(new BottleneckMatrix(2, 1, new float[2]), new[] { 1, 0 }, Known);

        HeadClasses.Expand(data, All).Labels.ToArray().ShouldBe([2, 1]);
    }
}
