using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Regularization;

namespace TransferLearning.Tests.Heads.Softmax;

/// <summary>What inner folds of the training rows choose: penalty, epochs, and the predictions that a temperature is fitted on.</summary>
public class InnerFoldsTests
{
    private static readonly LabeledBottlenecks Training = SyntheticBottlenecks.Create(300, 40, 5, seed: 1);
    private static readonly LabeledBottlenecks Validation = SyntheticBottlenecks.Create(200, 40, 5, seed: 2);

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs)]
    [InlineData(HeadOptimizer.Nesterov)]
    public void Without_a_penalty_inner_folds_choose_the_number_of_epochs(HeadOptimizer optimizer)
    {
        // Noisy points and no penalty: the loss on other points falls, then rises.
        LabeledBottlenecks training = SyntheticBottlenecks.Create(60, 40, 3, seed: 1, noise: 2);
        LabeledBottlenecks validation = SyntheticBottlenecks.Create(400, 40, 3, seed: 2, noise: 2);
        var options = new SoftmaxRetrainerOptions
        {
            Optimizer = optimizer,
            L2 = 0,
            Epochs = 100,
            LearningRate = 0.2,
            LearningRateSchedule = LearningRateSchedule.Constant,
        };

        RetrainedHead head = new SoftmaxRetrainer(options).Retrain(training, validation, new());
        RetrainedHead all = new SoftmaxRetrainer(options with { EarlyStopping = null }).Retrain(training, validation, new());

        head.BestEpoch.ShouldBeInRange(1, 99);
        head.History.Count.ShouldBe(head.BestEpoch, "the head is trained for the chosen epochs, and no more");
        head.History.ShouldAllBe(e => e.Epochs == head.BestEpoch);
        LogLoss(head.Head, validation).ShouldBe(head.History[^1].ValidationLoss!.Value, 1e-4);
        LogLoss(head.Head, validation).ShouldBeLessThan(LogLoss(all.Head, validation) - 0.05);
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs, null)]
    [InlineData(HeadOptimizer.Lbfgs, 0.0)]
    [InlineData(HeadOptimizer.Lbfgs, 3.0)]
    [InlineData(HeadOptimizer.Nesterov, null)]
    [InlineData(HeadOptimizer.Adam, 1.0)]
    public void Validation_rows_choose_nothing(HeadOptimizer optimizer, double? l2)
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(60, 40, 3, seed: 1, noise: 2);
        LabeledBottlenecks validation = SyntheticBottlenecks.Create(50, 40, 3, seed: 2, noise: 2);
        int[] wrong = [.. validation.Labels.ToArray().Select(l => (l + 1) % 3)];
        var shuffled = new LabeledBottlenecks(validation.Bottlenecks, wrong, validation.ClassNames);
        var retrainer = new SoftmaxRetrainer(new() { Optimizer = optimizer, L2 = l2, Epochs = 40 });
        LinearHead start = new SoftmaxRetrainer().Retrain(SyntheticBottlenecks.Create(30, 40, 3, seed: 5), null, new()).Head;
        foreach (LinearHead? initial in new[] { null, start })
        {
            var context = new RetrainingContext { PredictsHeldOut = true, InitialHead = initial };

            RetrainedHead[] heads =
                [.. new[] { validation, shuffled, null }.Select(rows => retrainer.Retrain(training, rows, context))];

            foreach (RetrainedHead head in heads)
            {
                head.Head.Weights.ToArray().ShouldBe(heads[0].Head.Weights.ToArray());
                head.Head.Bias.ToArray().ShouldBe(heads[0].Head.Bias.ToArray());
                (head.BestEpoch, head.L2).ShouldBe((heads[0].BestEpoch, heads[0].L2));
                head.HeldOut!.Logits.ShouldBe(heads[0].HeldOut!.Logits);
            }

            heads[0].History.Select(e => e.ValidationLoss).ShouldNotBe(heads[1].History.Select(e => e.ValidationLoss));
        }
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs, null)]
    [InlineData(HeadOptimizer.Lbfgs, 0.01)]
    [InlineData(HeadOptimizer.Lbfgs, 3.0)]
    [InlineData(HeadOptimizer.Adam, null)]
    public void Training_rows_are_predicted_by_heads_that_have_not_learned_from_them(HeadOptimizer optimizer, double? l2)
    {
        // Labels by chance: a head knows them only by heart.
        LabeledBottlenecks points = SyntheticBottlenecks.Create(90, 60, 3, seed: 1);
        var random = new Random(3);
        int[] labels = [.. Enumerable.Range(0, 90).Select(_ => random.Next(3))];
        var noise = new LabeledBottlenecks(points.Bottlenecks, labels, points.ClassNames);

        RetrainedHead head = new SoftmaxRetrainer(new() { Optimizer = optimizer, L2 = l2, Epochs = 60 })
            .Retrain(noise, null, new() { PredictsHeldOut = true });

        head.HeldOut!.Rows.Order().ShouldBe(Enumerable.Range(0, 90));
        int right = head.HeldOut.Rows.Where((row, i) =>
            SoftmaxRows.Largest(head.HeldOut.Logits.AsSpan(i * 3, 3), 3) == labels[row]).Count();
        right.ShouldBeInRange(15, 45);
    }

    [Fact]
    public void Inner_folds_keep_groups_together()
    {
        // Each point twice, with labels by chance: a head that has learned from the copy of a point knows its label.
        LabeledBottlenecks points = SyntheticBottlenecks.Create(80, 60, 2, seed: 1);
        var random = new Random(3);
        int[] labels = [.. Enumerable.Range(0, 80).Select(_ => random.Next(2))];
        int[] twice = [.. Enumerable.Range(0, 80), .. Enumerable.Range(0, 80)];
        LabeledBottlenecks noise = new LabeledBottlenecks(points.Bottlenecks, labels, points.ClassNames).Select(twice);
        var retrainer = new SoftmaxRetrainer(new() { L2 = 0.01, EarlyStopping = null });

        double apart = Right(default), together = Right(twice);

        apart.ShouldBeGreaterThan(0.9);
        together.ShouldBeLessThan(0.7);

        double Right(ReadOnlyMemory<int> groups)
        {
            HeldOutPredictions made = retrainer.Retrain(noise, null, new() { PredictsHeldOut = true, Groups = groups }).HeldOut!;
            return made.Rows.Index()
                .Average(r => SoftmaxRows.Largest(made.Logits.AsSpan(r.Index * 2, 2), 2) == labels[r.Item % 80] ? 1.0 : 0);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(30.0)]
    public void The_temperature_of_a_large_set_suits_a_head_of_all_its_rows(double? l2)
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(15_000, 500, 5, seed: 1, noise: 4, separation: 0.2);
        LabeledBottlenecks other = SyntheticBottlenecks.Create(3000, 500, 5, seed: 2, noise: 4, separation: 0.2);

        RetrainedHead head = new SoftmaxRetrainer(new() { L2 = l2 }).Retrain(training, null, new() { PredictsHeldOut = true });

        int[] labels = training.Labels.ToArray();
        double fitted = Temperature(head.HeldOut!.Logits, Array.ConvertAll(head.HeldOut.Rows, r => labels[r]));
        fitted.ShouldBe(Temperature(HeadPrediction.Logits(head.Head, other.Bottlenecks), other.Labels.ToArray()), 0.1);
        new SoftmaxRetrainer().Retrain(training, null, new()).HeldOut.ShouldBeNull("it is not asked for");

        static double Temperature(float[] logits, int[] labels) => TemperatureScaling.Fit([new LabeledLogits([logits], labels)]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Few_rows_train_without_inner_folds(int rows)
    {
        LabeledBottlenecks few = SyntheticBottlenecks.Create(rows, 40, 2, seed: 1, noise: 0.1);
        foreach (HeadOptimizer optimizer in Enum.GetValues<HeadOptimizer>())
        {
            RetrainedHead head = new SoftmaxRetrainer(new() { Optimizer = optimizer, Epochs = 20 })
                .Retrain(few, null, new() { PredictsHeldOut = true });

            head.Head.Weights.ToArray().ShouldContain(w => w != 0);
            if (rows < 5)
            {
                head.HeldOut.ShouldBeNull();
            }
        }
    }

    [Fact]
    public void A_strong_penalty_is_chosen_for_noisy_classes_and_a_weak_one_for_clear_ones()
    {
        LabeledBottlenecks noisy = SyntheticBottlenecks.Create(100, 60, 2, seed: 1, noise: 3, separation: 0.3);
        LabeledBottlenecks clear = SyntheticBottlenecks.Create(100, 60, 2, seed: 1, noise: 0.2);

        double strong = new SoftmaxRetrainer().Retrain(noisy, null, new()).L2!.Value;
        double weak = new SoftmaxRetrainer().Retrain(clear, null, new()).L2!.Value;

        strong.ShouldBeGreaterThanOrEqualTo(30);
        weak.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs, null)]
    [InlineData(HeadOptimizer.Lbfgs, 0.01)]
    [InlineData(HeadOptimizer.Adam, null)]
    public void A_head_that_training_does_not_improve_is_kept(HeadOptimizer optimizer, double? l2)
    {
        // Labels by chance: whatever is learned from some of them makes others less probable.
        int[] labels = Training.Labels.ToArray();
        new Random(7).Shuffle(labels);
        var noise = new LabeledBottlenecks(Training.Bottlenecks, labels, Training.ClassNames);
        var even = new LinearHead(5, 40, new float[200], new float[5]);

        RetrainedHead head = new SoftmaxRetrainer(new() { Optimizer = optimizer, L2 = l2, LearningRate = 0.1 })
            .Retrain(noise, Validation, new() { InitialHead = even });

        head.BestEpoch.ShouldBe(0);
        LogLoss(head.Head, Validation).ShouldBe(Math.Log(5), 1e-3);
    }

    private static double LogLoss(LinearHead head, LabeledBottlenecks data)
    {
        float[] probabilities = HeadPrediction.Probabilities(head, data.Bottlenecks);
        double sum = 0;
        for (int i = 0; i < data.Count; i++)
        {
            sum -= Math.Log(probabilities[(i * head.Classes) + data.Labels[i]]);
        }

        return sum / data.Count;
    }
}
