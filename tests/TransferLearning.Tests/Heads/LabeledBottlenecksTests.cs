using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.Tests.Heads;

public class LabeledBottlenecksTests
{
    private static readonly BottleneckMatrix Matrix = new(2, 2, new float[] { 1, 2, 3, 4 });

    [Fact]
    public void Selected_rows_keep_their_labels_and_weights()
    {
        LabeledBottlenecks data = new LabeledBottlenecks(Matrix, new[] { 0, 1 }, ["a", "b"], new[] { 0.5f, 2f }).Select([1, 0, 1]);

        data.Labels.ToArray().ShouldBe([1, 0, 1]);
        data.Weights.ToArray().ShouldBe([2f, 0.5f, 2f]);
        data.Bottlenecks.Row(2).ToArray().ShouldBe([3f, 4f]);
    }

    [Fact]
    public void Arguments_that_do_not_match_are_refused()
    {
        Should.Throw<ArgumentException>(() => new LabeledBottlenecks(Matrix, new[] { 0 }, ["a"])).Message.ShouldContain("2 bottlenecks");
        Should.Throw<ArgumentException>(() => new LabeledBottlenecks(Matrix, new[] { 0, 2 }, ["a", "b"]))
            .Message.ShouldContain("row 1 is 2");
        Should.Throw<ArgumentException>(() => new LabeledBottlenecks(Matrix, new[] { 0, 1 }, ["a", "a"]));
        Should.Throw<ArgumentException>(() => new LabeledBottlenecks(Matrix, new[] { 0, 1 }, ["a", "b"], new[] { 1f }));
        Should.Throw<ArgumentException>(() => new LabeledBottlenecks(Matrix, new[] { 0, 1 }, ["a", "b"], new[] { 1f, float.NaN }));
    }
}
