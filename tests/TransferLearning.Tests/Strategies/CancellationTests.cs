using TransferLearning.Advice;
using TransferLearning.Data.Copies;
using TransferLearning.Data.Images;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Evidence;
using TransferLearning.Heads.Objective;
using TransferLearning.OutOfDistribution;
using TransferLearning.PseudoLabeling;
using TransferLearning.Strategies;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies;

/// <summary>How soon canceled work ends is measured in benchmarks/reports/long-runs.md; here, that all of it looks at the token.</summary>
public class CancellationTests
{
    private static readonly LabeledBottlenecks Rows = SyntheticBottlenecks.Create(400, 20, 4, seed: 1);

    private static readonly LinearHead Head =
        new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 1 }).Retrain(Rows, null, new()).Head;

    private static readonly CancellationToken Canceled = new(canceled: true);

    private static readonly Dictionary<string, Action<CancellationToken>> Works = new()
    {
        ["detector by validation rows"] = token => OutOfDistributionDetector.Fit(Rows, Rows, null, 0.05, 2, token),
        ["detector by folds"] = token =>
            OutOfDistributionDetector.Fit(Rows, [.. Enumerable.Range(0, Rows.Count).Select(i => i % 5)], 0.05, 2, token),
        ["pseudo-labels"] = token => PseudoLabeler.Label(Head, Rows, Rows.Bottlenecks, new bool[Rows.Count], 2, token),
        ["evidence"] = token => LogMe.Score(Rows, 2, token),
        ["similarity"] = token => TaskSimilarity.Measure(Rows, token),
        ["temperature"] = token =>
            TemperatureScaling.Fit([new LabeledLogits([HeadPrediction.Logits(Head, Rows.Bottlenecks)], Rows.Labels.ToArray())], token),
        ["logits"] = token => HeadPrediction.Logits(Head, Rows.Bottlenecks, 2, token),
        ["groups of copies"] = token =>
            CopyGroups.Number([default, ContentKey.Of([1])], [new CopyPair(0, 1, default, default)], token),
        ["names of copies"] = token => NamedCopies.Find(DrawnImages.Set(1, "a", "b").Images, [null, null], token).Count(),
    };

    public static TheoryData<string> Names => [.. Works.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Canceled_work_ends(string work)
    {
        Should.NotThrow(() => Works[work](CancellationToken.None));
        Should.Throw<OperationCanceledException>(() => Works[work](Canceled));
    }

    [Theory]
    [InlineData(HeadOptimizer.Lbfgs)]
    [InlineData(HeadOptimizer.Nesterov)]
    [InlineData(HeadOptimizer.Adam)]
    public void A_head_that_is_canceled_before_the_first_epoch_is_the_one_that_training_starts_from(HeadOptimizer optimizer)
    {
        var retrainer = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { Optimizer = optimizer });
        var context = new RetrainingContext { CancellationToken = Canceled };

        RetrainedHead zero = retrainer.Retrain(Rows, null, context);
        RetrainedHead given = retrainer.Retrain(Rows, null, context with { InitialHead = Head });

        (zero.Canceled, zero.BestEpoch, zero.History.Count, zero.HeldOut).ShouldBe((true, 0, 0, null));
        zero.Head.Weights.ToArray().ShouldAllBe(w => w == 0);
        given.Canceled.ShouldBeTrue();
        given.Head.ShouldBeSameAs(Head);
    }
}
