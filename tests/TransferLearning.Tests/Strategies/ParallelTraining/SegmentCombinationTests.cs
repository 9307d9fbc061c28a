using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Strategies.ParallelTraining;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies.ParallelTraining;

public class SegmentCombinationTests
{
    private static readonly LabeledBottlenecks Validation = SyntheticBottlenecks.Create(120, 8, 3, seed: 100, noise: 1.5);

    [Fact]
    public void The_best_head_is_the_one_with_the_lowest_log_loss()
    {
        TrainingSegment[] segments = [Segment(1, rows: 9), Segment(2, rows: 300), Segment(3, rows: 12)];

        CombinedHead best = SegmentCombination.Combine(segments, HeadCombination.Best);

        best.Heads.ShouldHaveSingleItem().ShouldBeSameAs(segments[1].Training.Head);
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

        var kept = SegmentCombination.Of(worse, HeadCombination.Average, good, Validation, 1);
        var combined = SegmentCombination.Of(better, HeadCombination.Average, bad, Validation, 1);

        kept.KeepsSmallSet.ShouldBeTrue();
        kept.KeptHead.ShouldBeSameAs(kept.SmallSet);
        kept.Warning!.ShouldContain("the small set's model was kept");
        combined.KeepsSmallSet.ShouldBeFalse();
        combined.KeptHead.ShouldBeSameAs(combined.Combined);
        combined.KeptMetrics.ShouldBeSameAs(combined.CombinedMetrics);
        combined.Warning.ShouldBeNull();
    }

    [Fact]
    public void An_unknown_combination_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => SegmentCombination.Combine([Segment(1, rows: 9)], (HeadCombination)9));

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
            Training = head,
        };
    }
}
