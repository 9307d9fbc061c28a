using TransferLearning.Bottlenecks;
using TransferLearning.Heads;

namespace TransferLearning.Tests.Heads;

public class ClassWeightsTests
{
    private static readonly LabeledBottlenecks Data = new(new BottleneckMatrix(4, 1, new float[4]), new[] { 0, 0, 0, 1 }, ["a", "b", "c"]);

    [Fact]
    public void By_default_every_image_counts_one() => ClassWeights.None.RowWeights(Data).ShouldBe([1f, 1, 1, 1]);

    [Fact]
    public void Balanced_classes_have_the_same_total_weight() =>
        ClassWeights.Balanced.RowWeights(Data).ShouldBe([2f / 3, 2f / 3, 2f / 3, 2]);

    [Fact]
    public void Balanced_weights_take_row_weights_into_account()
    {
        float[] weights = ClassWeights.Balanced.RowWeights(Data.WithWeights([1, 1, 0, 4]));

        (weights[0] + weights[1] + weights[2]).ShouldBe(weights[3], 1e-5f);
    }

    [Fact]
    public void A_class_can_be_given_a_weight() =>
        ClassWeights.Custom(new Dictionary<string, double> { ["b"] = 2.5 }).RowWeights(Data).ShouldBe([1f, 1, 1, 2.5f]);

    [Fact]
    public void An_unknown_class_is_refused_with_the_known_ones() =>
        Should.Throw<TransferLearningException>(() => ClassWeights.Custom(new Dictionary<string, double> { ["d"] = 2 }).RowWeights(Data))
            .Message.ShouldBe("a weight is given for class 'd', which does not exist; the classes are: a, b, c");
}
