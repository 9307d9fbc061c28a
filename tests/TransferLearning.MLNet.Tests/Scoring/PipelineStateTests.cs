using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class PipelineStateTests
{
    [Fact]
    public void It_comes_back_as_it_was()
    {
        var state = PipelineState.Read(new PipelineState(3, [2, 0], [1, 2, 250]).Write());

        state.Classes.ShouldBe(3);
        state.Slots.ShouldBe([2, 0]);
        state.Model.ShouldBe([1, 2, 250]);
    }

    [Theory]
    [InlineData("2|3|0,1|AAEC", "another version")]
    [InlineData("", "another version")]
    [InlineData("1|3|0,1", "a part of it is missing")]
    [InlineData("1|3|0,3|AAEC", "a class has no slot")]
    [InlineData("1|x|0|AAEC", "damaged")]
    [InlineData("1|3|0,1|AA*C", "damaged")]
    [InlineData("1|3|0,1|AAEC|", "a part of it is missing")]
    public void Anything_else_is_refused(string text, string reason) =>
        Should.Throw<TransferLearningException>(() => PipelineState.Read(text)).Message.ShouldContain(reason);

    [Fact]
    public void Scores_have_a_place_each_and_lose_nothing()
    {
        float[] scores = [0, 1, float.NaN, -1.17549435E-38f, 3.4028235E+38f, 0.1f, -float.Epsilon];

        string text = ScoreText.Write(scores).ToString();

        text.Length.ShouldBe(scores.Length * ScoreText.Width);
        for (int i = 0; i < scores.Length; i++)
        {
            float.Parse(text.AsSpan(i * ScoreText.Width, ScoreText.Width), System.Globalization.CultureInfo.InvariantCulture)
                .ShouldBe(scores[i]);
        }
    }

    [Fact]
    public void Columns_need_names_of_their_own()
    {
        new TransferLearningColumns().Validate().ShouldBeEmpty();
        new TransferLearningColumns { Image = " ", Label = "a", Score = "a", PredictedLabel = "__TransferLearning.x" }.Validate()
            .Count.ShouldBe(3);
    }
}
