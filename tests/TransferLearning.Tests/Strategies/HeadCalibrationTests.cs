using TransferLearning.Evaluation;
using TransferLearning.Retraining;
using TransferLearning.Strategies;
using TransferLearning.Tests.Retraining;

namespace TransferLearning.Tests.Strategies;

public class HeadCalibrationTests
{
    [Fact]
    public void A_head_that_is_too_sure_is_cooled_down_without_changing_its_mind()
    {
        LabeledBottlenecks training = SyntheticBottlenecks.Create(60, 40, 3, seed: 1, noise: 2);
        LabeledBottlenecks validation = SyntheticBottlenecks.Create(300, 40, 3, seed: 2, noise: 2);
        LinearHead head = new SoftmaxRetrainer(new() { L2 = 0.001, EarlyStopping = null }).Retrain(training, null, new()).Head;
        var combined = CombinedHead.Of(head);
        ClassificationMetrics before = combined.Judge(validation, 1);

        HeadCalibration calibrated = HeadCalibration.Of(combined, validation, validation, before, 1);

        calibrated.Calibration.Temperature.ShouldBeGreaterThan(1.5);
        calibrated.Calibration.ErrorBefore.ShouldBe(before.ExpectedCalibrationError);
        calibrated.Calibration.ErrorAfter.ShouldBeLessThan(before.ExpectedCalibrationError);
        ClassificationMetrics after = calibrated.Head.Judge(validation, 1);
        after.Accuracy.ShouldBe(before.Accuracy);
        after.LogLoss.ShouldBeLessThan(before.LogLoss);
        ClassificationMetrics.Compute(validation.ClassNames, validation.Labels, calibrated.Probabilities).LogLoss.ShouldBe(after.LogLoss);
    }

    [Fact]
    public void A_head_without_mistakes_stays_as_it_is()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(60, 20, 2, seed: 1, noise: 0.1, separation: 2);
        var head = CombinedHead.Of(new SoftmaxRetrainer().Retrain(data, null, new()).Head);

        var calibrated = HeadCalibration.Of(head, data, data, head.Judge(data, 1), 1);

        calibrated.Head.ShouldBeSameAs(head);
        calibrated.Calibration.Temperature.ShouldBe(1);
    }
}
