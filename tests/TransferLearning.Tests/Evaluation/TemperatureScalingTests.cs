using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Evaluation;

public class TemperatureScalingTests
{
    [Fact]
    public void Two_classes_have_the_temperature_that_matches_their_share_of_right_predictions()
    {
        // The same logits (2 and 0) every time, right for 3 of 4 images: the best probability is 0.75, the best logit ln 3.
        double temperature = TemperatureScaling.Fit(Of([2, 0, 2, 0, 2, 0, 2, 0], [0, 0, 0, 1]));

        temperature.ShouldBe(2 / Math.Log(3), 1e-6);
    }

    [Fact]
    public void No_other_temperature_gives_a_lower_log_loss()
    {
        LabeledBottlenecks fresh = SyntheticBottlenecks.Create(200, 40, 3, seed: 2, noise: 2);
        float[] logits = HeadPrediction.Logits(Overconfident(1), fresh.Bottlenecks);
        int[] labels = fresh.Labels.ToArray();

        double temperature = TemperatureScaling.Fit(Of(logits, labels));

        temperature.ShouldBeGreaterThan(1.5, "a head that was hardly regularized is overconfident");
        LogLoss(temperature).ShouldBeLessThan(LogLoss(1));
        LogLoss(temperature).ShouldBeLessThan(LogLoss(0.98 * temperature));
        LogLoss(temperature).ShouldBeLessThan(LogLoss(1.02 * temperature));

        double LogLoss(double t) => logits.Chunk(3).Select((row, i) =>
            Math.Log(row.Sum(l => Math.Exp(l / t))) - (row[labels[i]] / t)).Average();
    }

    [Fact]
    public void If_all_or_no_predictions_are_right_the_temperature_is_at_the_end_of_the_range()
    {
        TemperatureScaling.Fit(Of([2, 0, 0, 2], [0, 1])).ShouldBe(TemperatureScaling.MinTemperature, 0.01);
        TemperatureScaling.Fit(Of([2, 0, 0, 2], [1, 0])).ShouldBe(TemperatureScaling.MaxTemperature, 1e-3);
    }

    [Fact]
    public void Parts_are_fitted_as_one_set_of_images()
    {
        LabeledLogits[] parts = [.. Of([2, 0, 2, 0, 2, 0], [0, 0, 0]), .. Of([], []), .. Of([2, 0], [1])];

        TemperatureScaling.Fit(parts).ShouldBe(2 / Math.Log(3), 1e-6);
    }

    [Fact]
    public void Several_heads_share_the_temperature_that_fits_the_mean_of_their_probabilities()
    {
        LabeledBottlenecks fresh = SyntheticBottlenecks.Create(200, 40, 3, seed: 2, noise: 2);
        float[][] logits = [.. Enumerable.Range(3, 3).Select(seed => HeadPrediction.Logits(Overconfident(seed), fresh.Bottlenecks))];
        int[] labels = fresh.Labels.ToArray();

        double temperature = TemperatureScaling.Fit([new LabeledLogits(logits, labels)]);

        TemperatureScaling.Fit(Of(logits[0], labels)).ShouldBeGreaterThan(temperature * 1.1, "a mean is less confident than one head");
        LogLoss(temperature).ShouldBeLessThan(LogLoss(1));
        LogLoss(temperature).ShouldBeLessThan(LogLoss(0.98 * temperature));
        LogLoss(temperature).ShouldBeLessThan(LogLoss(1.02 * temperature));

        double LogLoss(double t) => labels.Select((label, i) => -Math.Log(logits.Average(head =>
        {
            float[] row = head[(3 * i)..((3 * i) + 3)];
            return Math.Exp(row[label] / t) / row.Sum(l => Math.Exp(l / t));
        }))).Average();
    }

    [Fact]
    public void Fewer_than_three_mistakes_or_nothing_right_leave_the_temperature_at_one()
    {
        float[] logits = [.. Enumerable.Repeat(new float[] { 2, 0 }, 10).SelectMany(r => r)];

        TemperatureScaling.FitOrDefault(Of(logits, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1])).ShouldBe(1);
        TemperatureScaling.FitOrDefault(Of(logits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).ShouldBe(1);
        TemperatureScaling.FitOrDefault([]).ShouldBe(1);
        LabeledLogits[] three = Of(logits, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
        TemperatureScaling.FitOrDefault(three).ShouldBe(2 / Math.Log(7 / 3.0), 1e-6);
        TemperatureScaling.FitOrDefault(three, times: 2).ShouldBe(1, "each mistake is there twice");
    }

    [Fact]
    public void No_images_are_refused() =>
        Should.Throw<TransferLearningException>(() => TemperatureScaling.Fit(Of([], [])))
            .Message.ShouldContain("no images to calibrate on");

    private static LabeledLogits[] Of(float[] logits, int[] labels) => [new LabeledLogits([logits], labels)];

    /// <summary>A head that was hardly regularized.</summary>
    private static LinearHead Overconfident(int seed) => new SoftmaxRetrainer(new() { L2 = 0.001, EarlyStopping = null })
        .Retrain(SyntheticBottlenecks.Create(60, 40, 3, seed, noise: 2), null, new()).Head;
}
