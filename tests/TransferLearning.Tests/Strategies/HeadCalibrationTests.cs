using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies;

public class HeadCalibrationTests
{
    [Fact]
    public void An_overconfident_head_gets_a_temperature_that_changes_no_label()
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(60, 40, 3, seed: 1, noise: 2);
        LabeledBottlenecks validation = SyntheticBottlenecks.Create(300, 40, 3, seed: 2, noise: 2);
        LinearHead head = new SoftmaxRetrainer(new() { L2 = 0.001, EarlyStopping = null }).Retrain(training, null, new()).Head;
        var combined = new CombinedHead(head);
        ClassificationMetrics before = combined.Evaluate(validation, 1);

        var calibrated = HeadCalibration.Of(combined, Logits(combined, validation), validation, before, 1);

        calibrated.Calibration.Temperature.ShouldBeGreaterThan(1.5);
        calibrated.Calibration.ErrorBefore.ShouldBe(before.ExpectedCalibrationError);
        calibrated.Calibration.ErrorAfter.ShouldBeLessThan(before.ExpectedCalibrationError);
        ClassificationMetrics after = calibrated.Head.Evaluate(validation, 1);
        after.Accuracy.ShouldBe(before.Accuracy);
        after.LogLoss.ShouldBeLessThan(before.LogLoss);
        ClassificationMetrics.Compute(validation.ClassNames, validation.Labels, calibrated.Probabilities).LogLoss.ShouldBe(after.LogLoss);
    }

    [Fact]
    public void A_head_without_mistakes_stays_as_it_is()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(60, 20, 2, seed: 1, noise: 0.1, separation: 2);
        var head = new CombinedHead(new SoftmaxRetrainer().Retrain(data, null, new()).Head);

        var calibrated = HeadCalibration.Of(head, Logits(head, data), data, head.Evaluate(data, 1), 1);

        calibrated.Head.ShouldBeSameAs(head);
        calibrated.Calibration.Temperature.ShouldBe(1);
    }

    /// <summary>Where heads disagree, a temperature may change which class has the highest mean: that must not lower the
    /// accuracy.</summary>
    [Fact]
    public void No_temperature_costs_an_ensemble_accuracy()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            LabeledBottlenecks validation = SyntheticBottlenecks.Create(40, 8, 3, seed: seed + 1000, noise: 2);
            var ensemble = new CombinedHead([Head(seed), Head(seed + 100), Head(seed + 200)]);
            ClassificationMetrics before = ensemble.Evaluate(validation, 1);

            var calibrated = HeadCalibration.Of(ensemble, Logits(ensemble, validation), validation, before, 1);

            calibrated.Head.Evaluate(validation, 1).Accuracy.ShouldBeGreaterThanOrEqualTo(before.Accuracy, $"seed {seed}");
        }
    }

    [Fact]
    public void Without_predictions_for_held_out_images_the_temperature_is_1()
    {
        LabeledBottlenecks validation = SyntheticBottlenecks.Create(40, 8, 3, seed: 1000, noise: 2);
        var head = new CombinedHead(Head(1));

        var calibrated = HeadCalibration.Of(head, null, validation, head.Evaluate(validation, 1), 1);

        calibrated.Head.ShouldBeSameAs(head);
        calibrated.Calibration.Temperature.ShouldBe(1);
        calibrated.Calibration.ErrorAfter.ShouldBe(calibrated.Calibration.ErrorBefore);
    }

    private static LabeledLogits Logits(CombinedHead head, LabeledBottlenecks data) =>
        new(head.Logits(data.Bottlenecks, 1), data.Labels.ToArray());

    private static LinearHead Head(int seed)
    {
        LabeledBottlenecks images = SyntheticBottlenecks.Create(12, 8, 3, seed, noise: 2);
        var options = new SoftmaxRetrainerOptions { L2 = 0.01 * (1 + (seed / 100)), EarlyStopping = null };
        return new SoftmaxRetrainer(options).Retrain(images, null, new()).Head;
    }
}
