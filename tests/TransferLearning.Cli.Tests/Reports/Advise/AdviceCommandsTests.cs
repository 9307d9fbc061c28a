using TransferLearning.Advice;
using TransferLearning.Cli.Reports.Advise;
using TransferLearning.Evaluation;

namespace TransferLearning.Cli.Tests.Reports.Advise;

public class AdviceCommandsTests
{
    [Theory]
    [InlineData(RecommendedStrategy.FineTuning, "transfer fine-tune photos/ -o model.onnx --backbone compact --seed 3")]
    [InlineData(RecommendedStrategy.CrossValidation, "transfer cross-validate photos/ -o model.onnx --backbone compact --seed 3")]
    [InlineData(
        RecommendedStrategy.ParallelTraining, "transfer parallel-train LABELED --larger UNLABELED -o model.onnx --backbone compact")]
    public void Each_strategy_has_a_command(RecommendedStrategy strategy, string expected) =>
        Commands().Of(Advice(strategy, null)).ShouldBe([expected]);

    [Fact]
    public void Where_a_backbone_is_to_be_trained_both_ways_are_shown() =>
        Commands().Of(Advice(RecommendedStrategy.PreTraining, null)).ShouldBe(
        [
            "transfer pre-train photos/ -o backbone.onnx --arch resnet18 --seed 3",
            "transfer fine-tune photos/ -o model.onnx --backbone compact --unfreeze all --seed 3",
        ]);

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(-0.01, false)]
    public void A_trial_that_recommends_it_adds_the_option_that_unfreezes(double lower, bool expected) =>
        Commands().Of(Advice(RecommendedStrategy.FineTuning, lower)).ShouldHaveSingleItem().Contains("--unfreeze 1").ShouldBe(expected);

    [Fact]
    public void Without_a_recommended_network_there_is_none() =>
        (Commands() with { Backbone = null }).Of(Advice(RecommendedStrategy.FineTuning, null)).ShouldBeEmpty();

    private static AdviceCommands Commands() => new("photos/", ["--backbone", "compact"], ["--seed", "3"]);

    private static AdviceResult Advice(RecommendedStrategy strategy, double? lower) => new()
    {
        Recommended = null,
        Strategy = strategy,
        Candidates = [],
        LearningCurve = null!,
        Unfreezing = lower is not { } end ? null : new UnfreezingAdvice
        {
            Stages = 1,
            NetworkStages = 5,
            Images = 600,
            TrainImages = 400,
            Classes = 10,
            HeadAccuracy = 0.85,
            TunedAccuracy = 0.9,
            DifferenceInterval = new ConfidenceInterval(end, 0.1, 0.95),
            Seconds = 60,
            SecondsForAll = 1200,
            MapBytesForAll = 500_000_000,
        },
        Evidence = [],
        Images = 1000,
        Classes = [],
        Skipped = [],
        Warnings = [],
    };
}
