using System.Collections.Concurrent;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies;

public class RepeatedTrainingTests
{
    private static readonly LabeledBottlenecks Rows = SyntheticBottlenecks.Create(60, 12, 3, seed: 1);

    [Fact]
    public void Every_row_is_predicted_by_a_head_that_has_not_seen_its_group()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(r => r % 20)];
        var retrainer = new RecordingRetrainer();

        HeldOutPredictions made = Predict(retrainer, groups, 60)!;

        made.Rows.Order().ShouldBe(Enumerable.Range(0, 60));
        made.Logits.Length.ShouldBe(60 * 3);
        retrainer.Trainings.Count.ShouldBe(5);
        retrainer.Trainings.Sum(t => 60 - t.Count).ShouldBe(60);
        retrainer.Trainings.ShouldAllBe(t => t.Count % 3 == 0, "a group of three is there or not");
    }

    [Fact]
    public void Rows_behind_the_first_ones_are_learned_from_but_for_those_of_a_group_that_is_held_out()
    {
        // The last 30 rows: half of them belong to the groups of the first ones.
        int[] groups = [.. Enumerable.Range(0, 60).Select(r => r < 45 ? r % 30 : r)];
        var retrainer = new RecordingRetrainer();

        HeldOutPredictions made = Predict(retrainer, groups, 30)!;

        made.Rows.Order().ShouldBe(Enumerable.Range(0, 30));
        retrainer.Trainings.Sum(t => 60 - t.Count).ShouldBe(45);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[][] logits = [.. new[] { 1, 2, 5 }.Select(threads => Predict(new SoftmaxRetrainer(), [], 60, threads)!.Logits)];

        logits.ShouldAllBe(l => l.SequenceEqual(logits[0]));
    }

    [Fact]
    public void A_retrainer_without_inner_folds_is_calibrated_by_repeated_training()
    {
        var settings = new TransferSettings { Retrainer = new RecordingRetrainer(), Cache = null };
        var run = new StrategyRun(settings, TinyBackbone.Value, null, CancellationToken.None);
        var data = new LabeledSplit("points", Rows, SyntheticBottlenecks.Create(30, 12, 3, seed: 2));

        run.Train(data, run.Context).HeldOut.ShouldBeNull();
        run.Train(data, run.Context with { PredictsHeldOut = true }).HeldOut!.Rows.Length.ShouldBe(60);
    }

    [Fact]
    public void One_group_or_one_row_of_each_class_gives_no_predictions()
    {
        Predict(new SoftmaxRetrainer(), new int[60], 60).ShouldBeNull();
        Predict(new SoftmaxRetrainer(), [], 3).ShouldBeNull();
    }

    private static HeldOutPredictions? Predict(IRetrainer retrainer, int[] groups, int count, int threads = 2)
    {
        var context = new RetrainingContext { Threads = threads };
        var data = new LabeledSplit("points", Rows, Rows) { TrainGroups = groups };
        return new RepeatedTraining(retrainer, context).Predict(data, count, retrainer.Retrain(Rows.Select([0, 1, 2]), null, context));
    }

    /// <summary>Gives no predictions of its own, and keeps what it was trained on, but for the first training of a test on three rows.
    /// </summary>
    private sealed class RecordingRetrainer : IRetrainer
    {
        private readonly SoftmaxRetrainer _inner = new(new SoftmaxRetrainerOptions { L2 = 3 });

        public ConcurrentBag<LabeledBottlenecks> Trainings { get; } = [];

        public Backbone? RequiredBackbone => null;

        public IReadOnlyList<string> Validate(RetrainingDemands demands) => [];

        public RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
        {
            validation.ShouldBe(training.Count == 60 ? validation : null, "no fold is shown validation rows");
            if (training.Count > 3)
            {
                Trainings.Add(training);
            }

            return _inner.Retrain(training, validation, context) with { HeldOut = null };
        }
    }
}
