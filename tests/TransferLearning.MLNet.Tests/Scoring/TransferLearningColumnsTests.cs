namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class TransferLearningColumnsTests
{
    [Fact]
    public void Columns_need_names_of_their_own()
    {
        new TransferLearningColumns().Validate().ShouldBeEmpty();
        new TransferLearningColumns { Image = " ", Label = "a", Score = "a", PredictedLabel = "__TransferLearning.x" }.Validate()
            .Count.ShouldBe(3);
    }
}
