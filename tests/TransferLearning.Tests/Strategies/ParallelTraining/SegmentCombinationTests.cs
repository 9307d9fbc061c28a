using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies;
using TransferLearning.Strategies.ParallelTraining;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies.ParallelTraining;

public class SegmentCombinationTests
{
    private static readonly LabeledBottlenecks Validation = SyntheticBottlenecks.Create(120, 8, 3, seed: 100, noise: 1.5);

    /// <summary>None of the heads has learned from these.</summary>
    private static readonly LabeledBottlenecks Labeled = SyntheticBottlenecks.Create(90, 8, 3, seed: 101, noise: 1.5);

    [Fact]
    public void The_best_head_is_the_one_with_the_lowest_log_loss()
    {
        TrainingSegment[] segments = [Segment(1, rows: 9), Segment(2, rows: 300), Segment(3, rows: 12)];

        var best = SegmentCombination.Of(segments, HeadCombination.Best, segments[0].Training, Small(Validation), 1);

        best.Combined.Heads.ShouldHaveSingleItem().ShouldBeSameAs(segments[1].Training.Head);
    }

    [Fact]
    public void An_ensemble_has_the_mean_of_the_probabilities_and_an_average_one_head()
    {
        TrainingSegment[] segments = [Segment(1, rows: 30), Segment(2, rows: 40)];

        CombinedHead ensemble = SegmentCombination.Combine(segments, HeadCombination.Ensemble);

        ensemble.Heads.Count.ShouldBe(2);
        float[] first = new CombinedHead(ensemble.Heads[0]).Probabilities(Validation.Bottlenecks, 1);
        float[] second = new CombinedHead(ensemble.Heads[1]).Probabilities(Validation.Bottlenecks, 1);
        ensemble.Probabilities(Validation.Bottlenecks, 1)[5].ShouldBe((first[5] + second[5]) / 2);
        SegmentCombination.Combine(segments, HeadCombination.Average).Heads.Count.ShouldBe(1);
    }

    [Fact]
    public void A_combination_that_is_worse_than_the_small_set_gives_way_to_it_and_says_so()
    {
        RetrainedHead good = Segment(2, rows: 300).Training, bad = Segment(1, rows: 9).Training;
        TrainingSegment[] worse = [Segment(1, rows: 9)], better = [Segment(2, rows: 300)];

        var kept = SegmentCombination.Of(worse, HeadCombination.Average, good, Small(Validation), 1);
        var combined = SegmentCombination.Of(better, HeadCombination.Average, bad, Small(Validation), 1);

        kept.KeepsSmallSet.ShouldBeTrue();
        kept.KeptHead.ShouldBeSameAs(kept.SmallSet);
        kept.Warning!.ShouldContain("the small set's model was kept");
        combined.KeepsSmallSet.ShouldBeFalse();
        combined.KeptHead.ShouldBeSameAs(combined.Combined);
        combined.KeptMetrics.ShouldBeSameAs(combined.CombinedMetrics);
        combined.Warning.ShouldBeNull();
    }

    [Fact]
    public void Validation_labels_choose_nothing()
    {
        int[] wrong = [.. Validation.Labels.ToArray().Select(l => (l + 1) % 3)];
        var misleading = new LabeledBottlenecks(Validation.Bottlenecks, wrong, Validation.ClassNames);
        TrainingSegment[] segments = [Segment(1, rows: 9), Segment(2, rows: 300), Segment(3, rows: 12)];
        RetrainedHead small = Segment(4, rows: 30).Training;
        foreach (HeadCombination combination in Enum.GetValues<HeadCombination>())
        {
            var first = SegmentCombination.Of(segments, combination, small, Small(Validation), 1);
            var second = SegmentCombination.Of(segments, combination, small, Small(misleading), 1);

            second.KeepsSmallSet.ShouldBe(first.KeepsSmallSet);
            second.KeptHead.Heads.SelectMany(h => h.Weights.ToArray()).ShouldBe(first.KeptHead.Heads.SelectMany(h => h.Weights.ToArray()));
            second.KeptHeldOut!.Right.ShouldBe(first.KeptHeldOut!.Right);
        }
    }

    [Fact]
    public void Without_predictions_the_segments_are_kept_and_nothing_calibrates_them()
    {
        RetrainedHead small = Segment(2, rows: 300).Training with { HeldOut = null };

        var combined = SegmentCombination.Of([Segment(1, rows: 9)], HeadCombination.Average, small, Small(Validation), 1);

        combined.KeepsSmallSet.ShouldBeFalse();
        combined.KeptHeldOut.ShouldBeNull();
    }

    [Fact]
    public void An_average_is_compared_by_the_mean_of_the_logits_of_rows_that_all_heads_predict()
    {
        var first = new HeldOutPredictions([0, 2, 1], [1, 0, 0, 5, 0, 0, 3, 0, 0]);
        var second = new HeldOutPredictions([2, 0], [1, 0, 0, 3, 0, 0]);

        HeldOutComparison comparison = HeldOutComparison.Of([first, second], HeadCombination.Average, first, Labeled)!;

        comparison.Combined.Count.ShouldBe(2);
        comparison.Combined.Row(0, 0).ToArray().ShouldBe([2, 0, 0]);
        comparison.Combined.Row(0, 1).ToArray().ShouldBe([3, 0, 0]);
        comparison.SmallSet.Row(0, 1).ToArray().ShouldBe([5, 0, 0]);
    }

    [Fact]
    public void An_unknown_combination_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => SegmentCombination.Combine([Segment(1, rows: 9)], (HeadCombination)9));

    private static LabeledSplit Small(LabeledBottlenecks validation) => new("small", Labeled, validation);

    private static TrainingSegment Segment(int seed, int rows)
    {
        LabeledBottlenecks images = SyntheticBottlenecks.Create(rows, 8, 3, seed, noise: 1.5);
        RetrainedHead head = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 1 }).Retrain(images, null, new RetrainingContext());
        return new TrainingSegment
        {
            Name = $"{seed}",
            TrainImages = rows,
            ValidationImages = 0,
            Agreement = null,
            Metrics = new CombinedHead(head.Head).Evaluate(Validation, 1),
            Training = head with
            {
                HeldOut = new HeldOutPredictions(
                    [.. Enumerable.Range(0, Labeled.Count)], HeadPrediction.Logits(head.Head, Labeled.Bottlenecks)),
            },
        };
    }
}
