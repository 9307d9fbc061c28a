using System.Globalization;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class ScoreTextTests
{
    [Fact]
    public void Each_score_has_a_fixed_place_and_loses_nothing()
    {
        float[] scores = [0, 1, float.NaN, -1.17549435E-38f, 3.4028235E+38f, 0.1f, -float.Epsilon];

        string text = ScoreText.Write(scores).ToString();

        text.Length.ShouldBe(scores.Length * ScoreText.Width);
        for (int i = 0; i < scores.Length; i++)
        {
            float.Parse(text.AsSpan(i * ScoreText.Width, ScoreText.Width), CultureInfo.InvariantCulture)
                .ShouldBe(scores[i]);
        }
    }
}
