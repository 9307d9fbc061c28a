using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Heads.Regularization;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies.CrossValidation;

public class FoldTrainingTests
{
    private const int Folds = 5;

    private static readonly LabeledBottlenecks Data = SyntheticBottlenecks.Create(100, 12, 3, seed: 1);

    [Fact]
    public void Any_retrainer_that_can_share_its_choice_of_the_penalty_is_asked_for_it()
    {
        var retrainer = new SharingRetrainer();

        TrainedFold[] folds = Train(retrainer);

        retrainer.Choices.ShouldBe(1);
        retrainer.Trainings.ShouldBe(0, "all trainings use the chosen strengths");
        folds.SelectMany(f => f.Head.Weights.ToArray()).ShouldBe(Train(new SoftmaxRetrainer()).SelectMany(f => f.Head.Weights.ToArray()));
    }

    [Fact]
    public void A_given_penalty_is_not_chosen()
    {
        var retrainer = new SharingRetrainer { IsOpen = false };

        Train(retrainer);

        (retrainer.Choices, retrainer.Trainings).ShouldBe((0, Folds + 1));
    }

    [Fact]
    public void Any_other_retrainer_trains_each_fold_by_itself()
    {
        var retrainer = new PlainRetrainer();

        TrainedFold[] folds = Train(retrainer);

        retrainer.Trainings.ShouldBe(Folds + 1);
        folds.ShouldAllBe(f => f.Fold.L2 == 10);
    }

    private static TrainedFold[] Train(IRetrainer retrainer)
    {
        var run = new StrategyRun(new TransferSettings { Retrainer = retrainer }, TinyBackbone.Value, null, CancellationToken.None);
        int[] rows = [.. Enumerable.Range(0, Data.Count)];
        var training = new FoldTraining(run, "images", Data, rows);
        TrainedFold[] folds = training.Train([new FoldDivision(Folds, Array.ConvertAll(rows, r => r % Folds), null)]);
        training.TrainOnAll(folds);
        return folds;
    }

    /// <summary>Counts its trainings, with a fixed penalty.</summary>
    private class PlainRetrainer : IRetrainer
    {
        private readonly SoftmaxRetrainer _inner = new(new SoftmaxRetrainerOptions { L2 = 10 });
        private int _trainings;

        public int Trainings => _trainings;

        public Backbone? RequiredBackbone => null;

        public IReadOnlyList<string> Validate(RetrainingDemands demands) => [];

        public RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
        {
            Interlocked.Increment(ref _trainings);
            return _inner.Retrain(training, validation, context);
        }
    }

    /// <summary>Shares the choice that a softmax retrainer makes.</summary>
    private sealed class SharingRetrainer : PlainRetrainer, IPenaltyChoice
    {
        private readonly IPenaltyChoice _choice = new SoftmaxRetrainer();

        public bool IsOpen { get; init; } = true;

        public int Choices { get; private set; }

        public IRetrainer WithL2(double strength) => _choice.WithL2(strength);

        public FoldL2[]? ChooseForFolds(
            LabeledBottlenecks data, int images, int[] foldOf, int folds, int threads, CancellationToken cancellationToken)
        {
            Choices++;
            return _choice.ChooseForFolds(data, images, foldOf, folds, threads, cancellationToken);
        }
    }
}
