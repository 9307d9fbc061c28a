using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Advice;

public class StrategyChoiceTests
{
    [Theory]
    [InlineData(5000, 0, 0.9, 0.8, RecommendedStrategy.FineTuning)]
    [InlineData(200, 0, 0.8, 0.8, RecommendedStrategy.CrossValidation)]
    [InlineData(100, 0, 1.0, 0.8, RecommendedStrategy.CrossValidation)]
    [InlineData(5000, 6000, 0.9, 0.8, RecommendedStrategy.ParallelTraining)]
    [InlineData(40_000, 0, 0.5, 0.1, RecommendedStrategy.PreTraining)]
    [InlineData(4000, 0, 0.7, 0.1, RecommendedStrategy.FineTuning)]
    public void The_strategy_depends_on_images_accuracy_and_similarity(
        int labeled, int unlabeled, double accuracy, double similarity, RecommendedStrategy expected) =>
        StrategyChoice.Choose(labeled, unlabeled, Advice(accuracy, similarity)).Strategy.ShouldBe(expected);

    [Fact]
    public void Where_the_features_do_not_suit_many_images_a_network_is_trained_on_them() =>
        StrategyChoice.Choose(40_000, 0, Advice(0.5, 0.1)).Reason.ShouldBe(
            "40000 images, unlike what compact was trained for (similarity 0.10): train a backbone on them from random weights, or all "
            + "stages of compact, and take the better one");

    private static BackboneAdvice Advice(double accuracy, double similarity) => new()
    {
        Backbone = Backbone.Compact,
        Accuracy = accuracy,
        AccuracyInterval = new ConfidenceInterval(0, 1, 0.95),
        AccuracyError = 0.01,
        LogLoss = 1,
        LogMe = 0,
        Similarity = similarity,
        MillisecondsPerImage = 1,
        SecondsExtracting = 1,
        SecondsTraining = 1,
        ModelBytes = 1,
        IsWithinBudget = true,
    };
}
