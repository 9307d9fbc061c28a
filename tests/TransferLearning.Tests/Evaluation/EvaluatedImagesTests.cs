using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public class EvaluatedImagesTests
{
    private static readonly EvaluatedImages Evaluated = new(
        ImageDataset.FromImages(
        [
            LabeledImage.FromFile("right.jpg", "ants"),
            LabeledImage.FromFile("close.jpg", "ants"),
            LabeledImage.FromFile("certain.jpg", "bees"),
        ]),
        [0.9f, 0.1f, 0.4f, 0.6f, 0.95f, 0.05f]);

    [Fact]
    public void The_worst_mistakes_are_those_whose_label_is_least_probable()
    {
        IReadOnlyList<Mistake> mistakes = Evaluated.WorstMistakes(10);

        mistakes.Select(m => m.Image.Path).ShouldBe(["certain.jpg", "close.jpg"]);
        (mistakes[0].Position, mistakes[0].Predicted).ShouldBe((2, "ants"));
        mistakes[0].Probability.ShouldBe(0.95, 1e-6);
        mistakes[0].LabelProbability.ShouldBe(0.05, 1e-6);
        Evaluated.WorstMistakes(1).ShouldHaveSingleItem().Image.Path.ShouldBe("certain.jpg");
    }

    [Fact]
    public void The_metrics_are_those_of_the_probabilities()
    {
        Evaluated.Metrics.Images.ShouldBe(3);
        Evaluated.Metrics.Accuracy.ShouldBe(1 / 3.0, 1e-9);
        Evaluated.Row(1).ToArray().ShouldBe([0.4f, 0.6f]);
    }
}
