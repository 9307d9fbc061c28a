using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public class ConfidentLearningTests
{
    private const int Classes = 3;

    [Fact]
    public void Wrong_labels_are_found_with_the_least_probable_first()
    {
        (int[] labels, float[] probabilities) = Confident(90);
        labels[5] = 1;
        labels[40] = 0;
        (probabilities[40 * Classes], probabilities[(40 * Classes) + 1]) = (0.001f, 0.994f);

        IReadOnlyList<SuspectLabel> found = ConfidentLearning.Find(labels, probabilities, Classes);

        found.Select(s => (s.Row, s.Suggested)).ShouldBe([(40, 1), (5, 0)]);
        found[0].Probability.ShouldBe(0.001, 1e-6);
    }

    [Fact]
    public void Right_labels_are_not_reported()
    {
        (int[] labels, float[] probabilities) = Confident(90);

        ConfidentLearning.Find(labels, probabilities, Classes).ShouldBeEmpty();
    }

    [Fact]
    public void Doubt_about_a_label_alone_is_no_error()
    {
        // Some rows of class 0 are predicted as class 1, but never with the confidence of the rows of class 1.
        (int[] labels, float[] probabilities) = Confident(90);
        for (int i = 0; i < 30; i += 3)
        {
            (probabilities[i * Classes], probabilities[(i * Classes) + 1]) = (0.4f, 0.55f);
        }

        ConfidentLearning.Find(labels, probabilities, Classes).ShouldBeEmpty();
    }

    [Fact]
    public void A_label_that_is_not_clearly_improbable_is_not_reported()
    {
        (int[] labels, float[] probabilities) = Confident(90);
        (probabilities[40 * Classes], probabilities[(40 * Classes) + 1]) = (0.001f, 0.994f);
        (probabilities[50 * Classes], probabilities[(50 * Classes) + 1]) = (0.3f, 0.695f);
        labels[40] = 0;
        labels[50] = 0;

        ConfidentLearning.Find(labels, probabilities, Classes).Select(s => s.Row).ShouldBe([40]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void The_rate_of_random_labels_is_estimated_from_calibrated_probabilities(double rate)
    {
        // Images of every difficulty, labeled by the same probabilities that are predicted, except for a share of labels drawn evenly.
        var random = new Random(1);
        double[] probabilities = new double[200_000];
        for (int i = 0; i < probabilities.Length; i++)
        {
            double first = random.NextDouble();
            bool isFirst = random.NextDouble() < (random.NextDouble() < rate ? 0.5 : first);
            probabilities[i] = isFirst ? first : 1 - first;
        }

        LabelNoise.Rate(probabilities, 2).ShouldBe(rate, 0.02);
    }

    /// <summary>A third of the rows in each class, each predicted as its class with probability 0.99.</summary>
    private static (int[] Labels, float[] Probabilities) Confident(int rows)
    {
        int[] labels = [.. Enumerable.Range(0, rows).Select(i => i * Classes / rows)];
        float[] probabilities = [.. labels.SelectMany(l => Enumerable.Range(0, Classes).Select(c => c == l ? 0.99f : 0.005f))];
        return (labels, probabilities);
    }
}
