using TransferLearning.Evaluation;
using TransferLearning.Retraining;
using TransferLearning.Tests.Retraining;

namespace TransferLearning.Tests.Evaluation;

public class TemperatureScalingTests
{
    [Fact]
    public void Two_classes_have_the_temperature_that_their_share_of_right_predictions_asks_for()
    {
        // Always sure by the same logits (2 against 0) and right in 3 of 4: the best probability is 0.75, the logit ln 3.
        double temperature = TemperatureScaling.Fit([2, 0, 2, 0, 2, 0, 2, 0], [0, 0, 0, 1]);

        temperature.ShouldBe(2 / Math.Log(3), 1e-6);
    }

    [Fact]
    public void No_other_temperature_gives_a_lower_log_loss()
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(60, 40, 3, seed: 1, noise: 2);
        LabeledBottlenecks fresh = SyntheticBottlenecks.Create(200, 40, 3, seed: 2, noise: 2);
        LinearHead head = new SoftmaxRetrainer(new() { L2 = 0.001, EarlyStopping = null }).Retrain(training, null, new()).Head;
        float[] logits = HeadPrediction.Logits(head, fresh.Bottlenecks);
        int[] labels = fresh.Labels.ToArray();

        double temperature = TemperatureScaling.Fit(logits, labels);

        temperature.ShouldBeGreaterThan(1.5, "a head that was hardly regularised is too sure of itself");
        LogLoss(temperature).ShouldBeLessThan(LogLoss(1));
        LogLoss(temperature).ShouldBeLessThan(LogLoss(0.98 * temperature));
        LogLoss(temperature).ShouldBeLessThan(LogLoss(1.02 * temperature));

        double LogLoss(double t) => logits.Chunk(3).Select((row, i) =>
            Math.Log(row.Sum(l => Math.Exp(l / t))) - row[labels[i]] / t).Average();
    }

    [Fact]
    public void Where_all_or_none_are_right_the_range_ends()
    {
        TemperatureScaling.Fit([2, 0, 0, 2], [0, 1]).ShouldBe(TemperatureScaling.Lowest, 0.01);
        TemperatureScaling.Fit([2, 0, 0, 2], [1, 0]).ShouldBe(TemperatureScaling.Highest, 1e-3);
    }

    [Fact]
    public void No_images_are_refused() =>
        Should.Throw<TransferLearningException>(() => TemperatureScaling.Fit([], [])).Message.ShouldContain("no images to calibrate on");
}
