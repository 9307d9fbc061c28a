using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class HeldOutEvaluationTests
{
    [Fact]
    public void The_loss_is_the_mean_log_loss_at_its_best_temperature_and_the_accuracy_the_share_of_right_classes()
    {
        // Three of four images are right, by one logit: the best temperature gives them a probability of 3/4.
        float[] logits = [1, 0, 1, 0, 0, 1, 1, 0];

        var evaluation = HeldOutEvaluation.Of(logits, [0, 0, 1, 1]);

        evaluation.Loss.ShouldBe(-((3 * Math.Log(0.75)) + Math.Log(0.25)) / 4, 1e-6);
        evaluation.Accuracy.ShouldBe(0.75, 1e-12);
        evaluation.Logits.ShouldBe(logits);
    }

    [Fact]
    public void A_network_that_is_more_often_right_is_better_however_sure_it_is()
    {
        var sure = HeldOutEvaluation.Of([9, 0, 9, 0, 0, 9, 9, 0], [0, 0, 1, 1]);
        var unsure = HeldOutEvaluation.Of([0.1f, 0, 0.1f, 0, 0, 0.1f, 0.1f, 0], [0, 0, 1, 1]);

        sure.Loss.ShouldBe(unsure.Loss, 1e-6);
    }

    [Fact]
    public void Logits_that_are_no_numbers_have_no_loss() =>
        double.IsFinite(HeldOutEvaluation.Of([float.NaN, 0, 1, 0], [0, 1]).Loss).ShouldBeFalse();

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(150)]
    public void Images_are_evaluated_as_they_are_in_groups(int count)
    {
        var images = new DrawnTrainingImages { BeforeLoad = (_, epoch) => epoch.ShouldBeNull() };
        NetworkTrainingTask task = SmallTraining.Task(images) with
        {
            Labels = [.. Enumerable.Range(0, 200).Select(i => i % 3)],
            HeldOut = [.. Enumerable.Range(50, count)],
        };

        var all = HeldOutEvaluation.Of(task, task.Graph, 2, CancellationToken.None);

        all.Logits.Length.ShouldBe(count * 3);
        var last = HeldOutEvaluation.Of(task with { HeldOut = [49 + count] }, task.Graph, 1, CancellationToken.None);
        all.Logits[^3..].ShouldBe(last.Logits);
    }

    [Fact]
    public void The_evaluation_can_be_canceled()
    {
        NetworkTrainingTask task = SmallTraining.Task();

        Should.Throw<OperationCanceledException>(() => HeldOutEvaluation.Of(task, task.Graph, 1, new CancellationToken(canceled: true)));
    }
}
