using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tests.Heads;

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

        var calibrated = HeadCalibration.Of(combined, validation, validation, before, 1);

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

    /// <summary>Heads that disagree may change which class has the higher mean; a combined model must not fall below what it was kept for.</summary>
    [Fact]
    public void No_temperature_costs_an_ensemble_accuracy()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            LabeledBottlenecks validation = SyntheticBottlenecks.Create(40, 8, 3, seed: seed + 1000, noise: 2);
            var ensemble = CombinedHead.Of([Segment(seed), Segment(seed + 100), Segment(seed + 200)], HeadCombination.Ensemble);
            ClassificationMetrics before = ensemble.Judge(validation, 1);

            var calibrated = HeadCalibration.Of(ensemble, validation, validation, before, 1);

            calibrated.Head.Judge(validation, 1).Accuracy.ShouldBeGreaterThanOrEqualTo(before.Accuracy, $"seed {seed}");
        }
    }

    private static TrainingSegment Segment(int seed)
    {
        LabeledBottlenecks images = SyntheticBottlenecks.Create(12, 8, 3, seed, noise: 2);
        RetrainedHead head = new SoftmaxRetrainer(new() { L2 = 0.01 * (1 + (seed / 100)), EarlyStopping = null }).Retrain(images, null, new());
        return new TrainingSegment
        {
            Name = "images",
            TrainImages = images.Count,
            ValidationImages = 0,
            Agreement = null,
            Metrics = CombinedHead.Of(head.Head).Judge(images, 1),
            Training = head,
        };
    }
}
