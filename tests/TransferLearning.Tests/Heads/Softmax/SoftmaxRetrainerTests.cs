using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Regularization;

namespace TransferLearning.Tests.Heads.Softmax;

public class SoftmaxRetrainerTests
{
    private static readonly LabeledBottlenecks Training = SyntheticBottlenecks.Create(300, 40, 5, seed: 1);
    private static readonly LabeledBottlenecks Validation = SyntheticBottlenecks.Create(200, 40, 5, seed: 2);

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs)]
    [InlineData(HeadOptimizer.Nesterov)]
    [InlineData(HeadOptimizer.Adam)]
    public void Every_optimizer_learns(HeadOptimizer optimizer)
    {
        RetrainedHead head = Retrain(new() { Optimizer = optimizer });

        SyntheticBottlenecks.Accuracy(head.Head, Validation).ShouldBeGreaterThan(0.85);
        head.History.Count.ShouldBeInRange(3, 200);
        head.Seconds.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(HeadOptimizer.Nesterov, 0.05)]
    [InlineData(HeadOptimizer.Adam, 0.03)]
    public void All_optimizers_reach_the_same_optimum(HeadOptimizer optimizer, double learningRate)
    {
        var options = new SoftmaxRetrainerOptions { L2 = 10, EarlyStopping = null, Epochs = 300, BatchSize = 300 };
        RetrainedHead exact = new SoftmaxRetrainer(options with { Tolerance = 1e-6 }).Retrain(Training, null, new());

        RetrainedHead other = new SoftmaxRetrainer(options with { Optimizer = optimizer, LearningRate = learningRate })
            .Retrain(Training, null, new());

        LargestDifference(other.Head, exact.Head).ShouldBeLessThan(0.01f);
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs)]
    [InlineData(HeadOptimizer.Nesterov)]
    [InlineData(HeadOptimizer.Adam)]
    public void A_seed_gives_the_same_bits_for_any_number_of_threads(HeadOptimizer optimizer)
    {
        var options = new SoftmaxRetrainerOptions { Optimizer = optimizer, BatchSize = 150, Epochs = 15 };
        RetrainedHead[] heads = [.. new[] { 1, 2, 5, 1 }.Select(threads => Retrain(options, new() { Threads = threads, Seed = 7 }))];

        foreach (RetrainedHead head in heads[1..])
        {
            head.HeldOut!.Logits.ShouldBe(heads[0].HeldOut!.Logits);
            head.Head.Weights.ToArray().ShouldBe(heads[0].Head.Weights.ToArray());
            head.Head.Bias.ToArray().ShouldBe(heads[0].Head.Bias.ToArray());
            head.History.ShouldBe(heads[0].History);
            head.L2.ShouldBe(heads[0].L2);
        }
    }

    [Fact]
    public void Another_seed_shuffles_differently()
    {
        var options = new SoftmaxRetrainerOptions { Optimizer = HeadOptimizer.Nesterov, L2 = 1, Epochs = 2 };

        float[] first = Retrain(options, new() { Seed = 1 }).Head.Weights.ToArray();

        Retrain(options, new() { Seed = 2 }).Head.Weights.ToArray().ShouldNotBe(first);
    }

    [Fact]
    public void Without_validation_the_lowest_objective_is_kept()
    {
        RetrainedHead head = new SoftmaxRetrainer(new() { L2 = 1 }).Retrain(Training, null, new());

        head.BestEpoch.ShouldBeGreaterThanOrEqualTo(head.History.Count - 1);
        head.History.ShouldAllBe(e => e.ValidationLoss == null && e.ValidationAccuracy == null);
        head.History[^1].TrainingLoss.ShouldBeLessThan(head.History[0].TrainingLoss);
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs)]
    [InlineData(HeadOptimizer.Adam)]
    public void Every_epoch_reports_the_training_accuracy(HeadOptimizer optimizer)
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(60, 40, 3, seed: 1, noise: 2);
        var options = new SoftmaxRetrainerOptions { L2 = 0, EarlyStopping = null, Epochs = 30, Optimizer = optimizer };

        RetrainedHead head = new SoftmaxRetrainer(options).Retrain(training, null, new());

        int[] labels = training.Labels.ToArray();
        float[] probabilities = HeadPrediction.Probabilities(head.Head, training.Bottlenecks);
        double accuracy = ClassificationMetrics.Compute(training.ClassNames, labels, probabilities).Accuracy;
        head.History.ShouldAllBe(e => e.TrainingAccuracy >= 0 && e.TrainingAccuracy <= 1);
        head.History[head.BestEpoch - 1].TrainingAccuracy!.Value.ShouldBe(accuracy, 0.02);
        head.History[0].TrainingAccuracy!.Value.ShouldBeLessThan(accuracy);
    }

    [Fact]
    public void The_penalty_keeps_the_weights_small()
    {
        double[] sizes = [.. new[] { 0.01, 1, 100 }.Select(l2 =>
            Retrain(new() { L2 = l2, EarlyStopping = null }).Head.Weights.ToArray().Sum(w => (double)w * w))];

        sizes[1].ShouldBeLessThan(sizes[0]);
        sizes[2].ShouldBeLessThan(sizes[1]);
    }

    [Fact]
    public void A_weight_of_two_counts_like_two_copies()
    {
        float[] weights = [.. Enumerable.Range(0, Training.Count).Select(i => i % 7 == 0 ? 2f : i % 11 == 0 ? 0f : 1f)];
        int[] copies = [.. Enumerable.Range(0, Training.Count).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var options = new SoftmaxRetrainerOptions
        {
            L2 = 3,
            FeatureScaling = FeatureScaling.None,
            EarlyStopping = null,
            Tolerance = 1e-6,
            Epochs = 500,
        };

        LinearHead weighted = new SoftmaxRetrainer(options).Retrain(Training.WithWeights(weights), null, new()).Head;
        LinearHead copied = new SoftmaxRetrainer(options).Retrain(Training.Select(copies), null, new()).Head;

        LargestDifference(weighted, copied).ShouldBeLessThan(2e-3f);
        LargestDifference(weighted, Retrain(options).Head).ShouldBeGreaterThan(0.01f);
    }

    [Fact]
    public void Balanced_class_weights_find_more_of_a_rare_class()
    {
        LabeledBottlenecks all = SyntheticBottlenecks.Create(800, 10, 2, seed: 1, noise: 2);
        LabeledBottlenecks rare = all.Select([.. Enumerable.Range(0, all.Count).Where(i => all.Labels[i] == 0 || i % 40 == 1)]);
        LabeledBottlenecks fresh = SyntheticBottlenecks.Create(400, 10, 2, seed: 2, noise: 2);

        double plain = Recall(ClassWeights.None), balanced = Recall(ClassWeights.Balanced);

        balanced.ShouldBeGreaterThan(plain + 0.1);

        double Recall(ClassWeights weights)
        {
            LinearHead head = new SoftmaxRetrainer(new() { L2 = 1, ClassWeights = weights }).Retrain(rare, null, new()).Head;
            int[] ofRare = [.. Enumerable.Range(0, fresh.Count).Where(i => fresh.Labels[i] == 1)];
            return SyntheticBottlenecks.Accuracy(head, fresh.Select(ofRare));
        }
    }

    [Fact]
    public void Label_smoothing_makes_predictions_less_confident()
    {
        var options = new SoftmaxRetrainerOptions { L2 = 0.01, EarlyStopping = null };

        LinearHead sharp = Retrain(options).Head, smooth = Retrain(options with { LabelSmoothing = 0.2 }).Head;

        Confidence(smooth).ShouldBeLessThan(Confidence(sharp) - 0.05);

        static double Confidence(LinearHead head) =>
            HeadPrediction.Probabilities(head, Training.Bottlenecks).Chunk(5).Average(p => p.Max());
    }

    [Theory]
    [InlineData(FeatureScaling.Common)]
    [InlineData(FeatureScaling.PerFeature)]
    [InlineData(FeatureScaling.None)]
    public void Constant_features_do_no_harm(FeatureScaling scaling)
    {
        float[] values = new float[Training.Count * 42];
        for (int i = 0; i < Training.Count; i++)
        {
            Training.Bottlenecks.Row(i).CopyTo(values.AsSpan(i * 42));
            (values[(i * 42) + 40], values[(i * 42) + 41]) = (0, 7);
        }

        var data = new LabeledBottlenecks(new BottleneckMatrix(Training.Count, 42, values), Training.Labels.ToArray(), Training.ClassNames);
        LinearHead head = new SoftmaxRetrainer(new() { FeatureScaling = scaling }).Retrain(data, null, new()).Head;

        head.Weights.ToArray().ShouldAllBe(w => float.IsFinite(w));
        SyntheticBottlenecks.Accuracy(head, data).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Features_that_never_vary_give_the_share_of_each_class()
    {
        var data = new LabeledBottlenecks(new BottleneckMatrix(4, 3, new float[12]), new[] { 0, 0, 0, 1 }, ["a", "b"]);

        LinearHead head = new SoftmaxRetrainer(new() { L2 = 1 }).Retrain(data, null, new()).Head;

        HeadPrediction.Probabilities(head, data.Bottlenecks)[0].ShouldBe(0.75f, 1e-3f);
    }

    [Fact]
    public void A_feature_that_is_not_finite_is_named()
    {
        float[] values = Training.Bottlenecks.Values.ToArray();
        values[(17 * 40) + 3] = float.NaN;
        var data = new LabeledBottlenecks(new BottleneckMatrix(Training.Count, 40, values), Training.Labels.ToArray(), Training.ClassNames);

        Should.Throw<TransferLearningException>(() => new SoftmaxRetrainer().Retrain(data, null, new()))
            .Message.ShouldContain("feature 3 of the bottleneck in row 17 is NaN");
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(200, 1000)]
    public void Two_and_two_hundred_classes_are_learned(int classes, int rows)
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(rows, 48, classes, seed: 1, noise: 0.3);
        LabeledBottlenecks validation = SyntheticBottlenecks.Create(400, 48, classes, seed: 2, noise: 0.3);

        LinearHead head = new SoftmaxRetrainer().Retrain(training, validation, new()).Head;

        SyntheticBottlenecks.Accuracy(head, validation).ShouldBeGreaterThan(0.95);
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs)]
    [InlineData(HeadOptimizer.Adam)]
    public void One_image_per_class_is_enough_to_train(HeadOptimizer optimizer)
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(3, 40, 3, seed: 1, noise: 0.1);

        RetrainedHead head = new SoftmaxRetrainer(new() { Optimizer = optimizer, BatchSize = 64 }).Retrain(training, null, new());

        SyntheticBottlenecks.Accuracy(head.Head, training).ShouldBe(1);
        head.L2.ShouldBe(L2Search.Default);
    }

    [Fact]
    public void Training_starts_from_the_given_head()
    {
        LinearHead first = Retrain(new() { L2 = 10 }).Head;
        LabeledBottlenecks few = SyntheticBottlenecks.Create(15, 40, 5, seed: 3);
        var retrainer = new SoftmaxRetrainer(new() { L2 = 30, EarlyStopping = null });

        RetrainedHead warm = retrainer.Retrain(few, null, new() { InitialHead = first });
        RetrainedHead cold = retrainer.Retrain(few, null, new());

        double gain = SyntheticBottlenecks.Accuracy(warm.Head, Validation) - SyntheticBottlenecks.Accuracy(cold.Head, Validation);
        gain.ShouldBeGreaterThan(0.1);
        warm.History[0].TrainingLoss.ShouldBeLessThan(cold.History[0].TrainingLoss);
    }

    [Fact]
    public void Canceling_keeps_what_was_learned_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAt(3, cancellation);

        RetrainedHead head = Retrain(new() { L2 = 1 }, new() { Progress = progress, CancellationToken = cancellation.Token });

        head.Canceled.ShouldBeTrue();
        head.History.Count.ShouldBe(3);
        SyntheticBottlenecks.Accuracy(head.Head, Validation).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void The_context_may_limit_the_epochs()
    {
        RetrainedHead head = Retrain(new() { L2 = 1 }, new() { Epochs = 4 });

        head.History.Count.ShouldBe(4);
        head.History.ShouldAllBe(e => e.Epochs == 4);
        head.Canceled.ShouldBeFalse();
    }

    [Fact]
    public void A_learning_rate_that_makes_training_diverge_is_reported() =>
        Should.Throw<TransferLearningException>(() => Retrain(new() { Optimizer = HeadOptimizer.Nesterov, L2 = 1, LearningRate = 1e30 }))
            .Message.ShouldContain("use a lower learning rate");

    [Fact]
    public void One_class_is_refused_by_name()
    {
        var data = new LabeledBottlenecks(new BottleneckMatrix(2, 3, new float[6]), new[] { 1, 1 }, ["ants", "bees"]);

        Should.Throw<TransferLearningException>(() => new SoftmaxRetrainer().Retrain(data, null, new())).Message.ShouldContain("'bees'");
    }

    [Fact]
    public void Validation_data_must_match_the_training_data()
    {
        LabeledBottlenecks narrow = SyntheticBottlenecks.Create(10, 39, 5, seed: 1);
        LabeledBottlenecks fewer = SyntheticBottlenecks.Create(10, 40, 4, seed: 1);

        Should.Throw<TransferLearningException>(() => new SoftmaxRetrainer().Retrain(Training, narrow, new())).Message.ShouldContain("39");
        Should.Throw<TransferLearningException>(() => new SoftmaxRetrainer().Retrain(Training, fewer, new()))
            .Message.ShouldContain("class004");
    }

    [Fact]
    public void The_head_to_start_from_must_match_the_training_data()
    {
        var head = new LinearHead(4, 40, new float[160], new float[4]);

        Should.Throw<TransferLearningException>(() => Retrain(new(), new() { InitialHead = head })).Message.ShouldContain("4 classes");
    }

    private static RetrainedHead Retrain(SoftmaxRetrainerOptions options, RetrainingContext? context = null) =>
        new SoftmaxRetrainer(options).Retrain(Training, Validation, context ?? new());

    private static float LargestDifference(LinearHead a, LinearHead b) =>
        HeadPrediction.Probabilities(a, Validation.Bottlenecks)
            .Zip(HeadPrediction.Probabilities(b, Validation.Bottlenecks), (p, q) => Math.Abs(p - q)).Max();

    private sealed class CancelAt(int epoch, CancellationTokenSource cancellation) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value)
        {
            if (value.Epoch == epoch)
            {
                cancellation.Cancel();
            }
        }
    }
}
