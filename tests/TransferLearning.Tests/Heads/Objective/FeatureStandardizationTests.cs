using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Tests.Heads.Objective;

public class FeatureStandardizationTests
{
    private static readonly LabeledBottlenecks Data = SyntheticBottlenecks.Create(50, 6, 3, seed: 1);

    [Fact]
    public void Per_feature_scaling_gives_mean_zero_and_deviation_one()
    {
        PaddedMatrix scaled = FeatureStandardization.Measure(Data.Bottlenecks, FeatureScaling.PerFeature).Apply(Data.Bottlenecks);

        for (int f = 0; f < 6; f++)
        {
            double[] column = [.. Enumerable.Range(0, 50).Select(i => (double)scaled.Row(i)[f])];
            column.Average().ShouldBe(0, 1e-5);
            column.Average(v => v * v).ShouldBe(1, 1e-5);
        }
    }

    [Fact]
    public void Common_scaling_gives_variance_one_on_average_and_keeps_ratios()
    {
        PaddedMatrix scaled = FeatureStandardization.Measure(Data.Bottlenecks, FeatureScaling.Common).Apply(Data.Bottlenecks);

        Enumerable.Range(0, 300).Average(i => Math.Pow(scaled.Row(i / 6)[i % 6], 2)).ShouldBe(1, 1e-5);
        float ratio = (scaled.Row(0)[5] - scaled.Row(1)[5]) / (scaled.Row(0)[0] - scaled.Row(1)[0]);
        ratio.ShouldBe(
            (Data.Bottlenecks.Row(0)[5] - Data.Bottlenecks.Row(1)[5]) / (Data.Bottlenecks.Row(0)[0] - Data.Bottlenecks.Row(1)[0]), 1e-3f);
    }

    [Fact]
    public void Without_scaling_the_penalty_accounts_for_the_inner_scaling()
    {
        PaddedMatrix scaled = FeatureStandardization.Measure(Data.Bottlenecks, FeatureScaling.Common).Apply(Data.Bottlenecks);
        var unscaled = FeatureStandardization.Measure(Data.Bottlenecks, FeatureScaling.None);
        double factor = (scaled.Row(0)[0] - scaled.Row(1)[0]) / (Data.Bottlenecks.Row(0)[0] - Data.Bottlenecks.Row(1)[0]);

        unscaled.PenaltyFactor.ShouldBe(factor * factor, 1e-4);
        FeatureStandardization.Measure(Data.Bottlenecks, FeatureScaling.Common).PenaltyFactor.ShouldBe(1);
    }

    [Theory]
    [InlineData(FeatureScaling.Common)]
    [InlineData(FeatureScaling.PerFeature)]
    [InlineData(FeatureScaling.None)]
    public void Scaling_a_head_and_unscaling_it_does_not_change_it(FeatureScaling scaling)
    {
        var random = new Random(3);
        float[] weights = [.. Enumerable.Range(0, 18).Select(_ => random.NextSingle())];
        var head = new LinearHead(3, 6, weights, [0.5f, -1, 2]);
        var standardization = FeatureStandardization.Measure(Data.Bottlenecks, scaling);

        LinearHead back = standardization.Unscale(standardization.Scale(head));

        for (int i = 0; i < weights.Length; i++)
        {
            back.Weights[i].ShouldBe(weights[i], 1e-5f);
        }

        back.Bias[2].ShouldBe(2, 1e-4f);
    }

    [Fact]
    public void An_unscaled_head_gives_the_logits_of_the_trained_parameters()
    {
        var standardization = FeatureStandardization.Measure(Data.Bottlenecks, FeatureScaling.Common);
        PaddedMatrix scaled = standardization.Apply(Data.Bottlenecks);
        var parameters = new HeadParameters(3, 6);
        parameters.Weights.Row(1)[2] = 2;
        parameters.Bias[1] = 0.5f;

        float[] logits = HeadPrediction.Logits(standardization.Unscale(parameters), Data.Bottlenecks);

        logits[(7 * 3) + 1].ShouldBe((2 * scaled.Row(7)[2]) + 0.5f, 1e-4f);
    }
}
