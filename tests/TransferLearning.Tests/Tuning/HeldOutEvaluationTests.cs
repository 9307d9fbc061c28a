using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class HeldOutEvaluationTests
{
    [Fact]
    public void The_loss_is_the_mean_log_loss_and_the_accuracy_the_share_of_right_classes()
    {
        float[] logits = [1, 2, 3, 0, 0, 5, 800, 0, -800];

        var evaluation = HeldOutEvaluation.Of(logits, [2, 1, 0]);

        double first = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 3, second = Math.Log(2 + Math.Exp(5));
        evaluation.Loss.ShouldBe((first + second + 0) / 3, 1e-6);
        evaluation.Accuracy.ShouldBe(2.0 / 3, 1e-12);
        evaluation.Logits.ShouldBe(logits);
    }

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
