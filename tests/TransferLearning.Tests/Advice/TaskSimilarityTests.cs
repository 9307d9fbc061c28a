using TransferLearning.Advice;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.Tests.Advice;

public class TaskSimilarityTests
{
    [Fact]
    public void Classes_in_different_directions_are_separate_at_any_length() =>
        TaskSimilarity.Measure(Data([1, 0.1f, 5, 0.2f, 0.1f, 1, 0.3f, 7], [0, 0, 1, 1])).ShouldBe(1);

    [Fact]
    public void An_image_does_not_count_in_the_mean_it_is_compared_with() =>
        TaskSimilarity.Measure(Data([1, 0, 0, 1, 0, 1.1f, 1.1f, 0], [0, 0, 1, 1])).ShouldBe(0);

    private static LabeledBottlenecks Data(float[] values, int[] labels) =>
        new(new BottleneckMatrix(labels.Length, 2, values), labels, ["a", "b"]);
}
