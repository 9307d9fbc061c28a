using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.PseudoLabeling;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.PseudoLabeling;

public class PseudoLabelerTests
{
    [Fact]
    public void Many_unlabeled_rows_correct_a_head_trained_on_few()
    {
        (LinearHead head, LabeledBottlenecks few, LabeledBottlenecks many) = FewAndMany();

        PseudoLabels labels = PseudoLabeler.Label(head, few, many.Bottlenecks, new bool[many.Count], threads: 2);

        double before = SyntheticBottlenecks.Accuracy(head, many);
        Right(labels, many).ShouldBeGreaterThan(before + 0.02, $"the head alone: {before}");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        (LinearHead head, LabeledBottlenecks few, LabeledBottlenecks many) = FewAndMany();

        PseudoLabels one = PseudoLabeler.Label(head, few, many.Bottlenecks, new bool[many.Count], threads: 1);
        PseudoLabels three = PseudoLabeler.Label(head, few, many.Bottlenecks, new bool[many.Count], threads: 3);

        three.Labels.ShouldBe(one.Labels);
        three.Confidence.ShouldBe(one.Confidence);
    }

    [Fact]
    public void Confidences_are_probabilities()
    {
        (LinearHead head, LabeledBottlenecks few, LabeledBottlenecks many) = FewAndMany();

        PseudoLabels labels = PseudoLabeler.Label(head, few, many.Bottlenecks, new bool[many.Count], threads: 1);

        labels.Confidence.ShouldAllBe(c => c >= 0.25f && c <= 1.0001f);
    }

    [Fact]
    public void Features_that_never_vary_give_even_confidence()
    {
        var few = new LabeledBottlenecks(new BottleneckMatrix(2, 3, new float[6]), new[] { 0, 1 }, ["a", "b"]);

        PseudoLabels labels = PseudoLabeler.Label(
            new LinearHead(2, 3, new float[6], new float[2]), few, new BottleneckMatrix(4, 3, new float[12]), new bool[4], threads: 1);

        labels.Confidence.ShouldAllBe(c => c == 0.5f);
    }

    [Fact]
    public void Rows_of_none_of_the_classes_change_the_label_of_no_other_row()
    {
        (LinearHead head, LabeledBottlenecks few, LabeledBottlenecks many) = FewAndMany();
        int[] first = [.. Enumerable.Range(0, 400)];
        bool[] isUnknown = [.. Enumerable.Range(0, many.Count).Select(i => i >= 400)];

        PseudoLabels labels = PseudoLabeler.Label(head, few, many.Bottlenecks, isUnknown, threads: 2);

        PseudoLabels without = PseudoLabeler.Label(head, few, many.Bottlenecks.Select(first), new bool[400], threads: 2);
        labels.Labels[..400].ShouldBe(without.Labels);
        labels.Confidence[..400].ShouldBe(without.Confidence);
        labels.IsUnknown.ShouldBe(isUnknown);
    }

    private static (LinearHead Head, LabeledBottlenecks Few, LabeledBottlenecks Many) FewAndMany()
    {
        LabeledBottlenecks few = SyntheticBottlenecks.Create(20, 40, 4, seed: 1, noise: 1.2, separation: 0.5);
        LabeledBottlenecks many = SyntheticBottlenecks.Create(800, 40, 4, seed: 2, noise: 1.2, separation: 0.5);
        return (new SoftmaxRetrainer().Retrain(few, null, new RetrainingContext()).Head, few, many);
    }

    private static double Right(PseudoLabels labels, LabeledBottlenecks actual) =>
        Enumerable.Range(0, actual.Count).Count(i => labels.Labels[i] == actual.Labels[i]) / (double)actual.Count;
}
