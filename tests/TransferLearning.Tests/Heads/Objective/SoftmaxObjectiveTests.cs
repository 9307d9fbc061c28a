using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Tests.Heads.Objective;

public class SoftmaxObjectiveTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 0.1)]
    [InlineData(17, 0.3)]
    public void The_loss_agrees_with_the_definition(int classes, double smoothing)
    {
        (SoftmaxObjective objective, HeadParameters parameters, LabeledBottlenecks data, PaddedMatrix features, float[] weights) =
            Problem(classes, smoothing);
        int[] rows = [3, 0, 7, 7, 30];

        HeadLoss loss = objective.Evaluate(parameters, rows);

        double expected = rows.Sum(r => weights[r] * CrossEntropy(features.Row(r), parameters, data.Labels[r], smoothing));
        loss.Total.ShouldBe(expected, 1e-4);
        loss.Weight.ShouldBe(rows.Sum(r => (double)weights[r]), 1e-5);
        loss.Rows.ShouldBe(5);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 0.1)]
    public void The_gradient_agrees_with_finite_differences(int classes, double smoothing)
    {
        (SoftmaxObjective objective, HeadParameters parameters, LabeledBottlenecks data, PaddedMatrix features, float[] weights) =
            Problem(classes, smoothing);
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        double[] gradient = new double[parameters.Length];
        objective.Evaluate(parameters, rows, gradient);

        int stride = parameters.Weights.Stride;
        for (int c = 0; c < classes; c++)
        {
            foreach (int f in (int[])[0, 5, features.Columns - 1])
            {
                float at = parameters.Weights.Row(c)[f];
                gradient[(c * stride) + f].ShouldBe(Difference(v => parameters.Weights.Row(c)[f] = v, at), 2e-3);
            }

            gradient[(classes * stride) + c].ShouldBe(Difference(v => parameters.Bias[c] = v, parameters.Bias[c]), 2e-3);
        }

        // The reference is computed in double precision: differences of single-precision losses would be noise.
        double Difference(Action<float> set, float at)
        {
            const float Width = 1e-2f;
            set(at + Width);
            double above = Loss();
            set(at - Width);
            double below = Loss();
            set(at);
            return (above - below) / (at + Width - (double)(at - Width));
        }

        double Loss() => rows.Sum(r => weights[r] * CrossEntropy(features.Row(r), parameters, data.Labels[r], smoothing));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1000)]
    public void Any_number_of_threads_gives_the_same_bits(int rows)
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(rows, 65, 5, seed: 1);
        PaddedMatrix features = FeatureStandardization.Measure(data.Bottlenecks, FeatureScaling.Common).Apply(data.Bottlenecks);
        float[] weights = ClassWeights.None.RowWeights(data);
        HeadParameters parameters = Parameters(5, 65);
        int[] all = [.. Enumerable.Range(0, rows)];

        double[][] gradients = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            double[] gradient = new double[parameters.Length];
            new SoftmaxObjective(features, data.Labels.ToArray(), weights, 5, 0.1, threads).Evaluate(parameters, all, gradient);
            return gradient;
        })];

        gradients[1].ShouldBe(gradients[0]);
        gradients[2].ShouldBe(gradients[0]);
    }

    private static double CrossEntropy(ReadOnlySpan<float> x, HeadParameters parameters, int label, double smoothing)
    {
        double[] logits = new double[parameters.Classes];
        for (int c = 0; c < logits.Length; c++)
        {
            logits[c] = parameters.Bias[c];
            for (int f = 0; f < x.Length; f++)
            {
                logits[c] += (double)x[f] * parameters.Weights.Row(c)[f];
            }
        }

        double logSum = Math.Log(logits.Sum(Math.Exp));
        return logits.Select((l, c) => ((smoothing / logits.Length) + (c == label ? 1 - smoothing : 0)) * (logSum - l)).Sum();
    }

    private static HeadParameters Parameters(int classes, int features)
    {
        var parameters = new HeadParameters(classes, features);
        var random = new Random(5);
        for (int c = 0; c < classes; c++)
        {
            parameters.Bias[c] = random.NextSingle() - 0.5f;
            foreach (ref float weight in parameters.Weights.Row(c))
            {
                weight = 0.3f * (random.NextSingle() - 0.5f);
            }
        }

        return parameters;
    }

    private static Setup Problem(int classes, double smoothing)
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(41, 37, classes, seed: 1);
        PaddedMatrix features = FeatureStandardization.Measure(data.Bottlenecks, FeatureScaling.Common).Apply(data.Bottlenecks);
        float[] weights = [.. Enumerable.Range(0, data.Count).Select(i => 0.5f + (i % 3))];
        var objective = new SoftmaxObjective(features, data.Labels.ToArray(), weights, classes, smoothing, threads: 2);
        return new Setup(objective, Parameters(classes, 37), data, features, weights);
    }

    private sealed record Setup(
        SoftmaxObjective Objective, HeadParameters Parameters, LabeledBottlenecks Data, PaddedMatrix Features, float[] Weights);
}
