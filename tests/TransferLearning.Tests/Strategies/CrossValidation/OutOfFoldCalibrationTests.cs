using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies;
using TransferLearning.Strategies.CrossValidation;

namespace TransferLearning.Tests.Strategies.CrossValidation;

public class OutOfFoldCalibrationTests
{
    [Fact]
    public void Each_fold_is_evaluated_at_the_temperature_of_the_other_folds()
    {
        // Always the same logits: right on 6 of 10 images in one fold, on 7 of 10 in the other.
        (LabeledBottlenecks data, TrainedFold[] folds) = Folds([[.. Labels(6, 4)], [.. Labels(7, 3)]]);

        var calibration = OutOfFoldCalibration.Of(data, folds, 2);

        calibration.Temperature.ShouldBe(2 / Math.Log(13 / 7.0), 1e-6);
        double first = (6 * Math.Log(0.7)) + (4 * Math.Log(0.3)), second = (7 * Math.Log(0.6)) + (3 * Math.Log(0.4));
        calibration.After.LogLoss.ShouldBe(-(first + second) / 20, 1e-5);
        calibration.After.ExpectedCalibrationError.ShouldBe(0.1, 1e-5);
        calibration.Before.LogLoss.ShouldBe(Math.Log(1 + Math.Exp(-2)) + (2 * 7 / 20.0), 1e-5);
        calibration.After.Accuracy.ShouldBe(calibration.Before.Accuracy);
    }

    [Fact]
    public void A_class_that_a_head_has_not_learned_does_not_change_the_temperature()
    {
        (LabeledBottlenecks data, TrainedFold[] folds) = Folds([[.. Labels(6, 4), 2, 2, 2], [.. Labels(7, 3)]]);

        OutOfFoldCalibration.Of(data, folds, 1).Temperature.ShouldBe(2 / Math.Log(13 / 7.0), 1e-6);
    }

    [Fact]
    public void The_temperature_is_fitted_on_all_repeats_and_evaluated_on_the_first()
    {
        (LabeledBottlenecks data, TrainedFold[] folds) = Folds([[.. Labels(6, 4)], [.. Labels(7, 3)]]);
        TrainedFold[] second = [.. folds.Select(f => f with
        {
            Fold = f.Fold with { Repeat = 1 },
            Logits = Array.ConvertAll(f.Logits, l => 2 * l),
        })];

        var once = OutOfFoldCalibration.Of(data, folds, 1);
        var twice = OutOfFoldCalibration.Of(data, [.. folds, .. second], 1);

        twice.Temperature.ShouldBeInRange(1.1 * once.Temperature, 1.9 * once.Temperature);
        twice.Before.LogLoss.ShouldBe(once.Before.LogLoss);
        twice.After.LogLoss.ShouldBe(once.After.LogLoss);
    }

    [Fact]
    public void Too_few_mistakes_leave_the_probabilities_unchanged()
    {
        (LabeledBottlenecks data, TrainedFold[] folds) = Folds([[.. Labels(9, 1)], [.. Labels(9, 1)]]);

        var calibration = OutOfFoldCalibration.Of(data, folds, 1);

        calibration.Temperature.ShouldBe(1);
        calibration.After.LogLoss.ShouldBe(calibration.Before.LogLoss);
    }

    private static IEnumerable<int> Labels(int right, int wrong) => Enumerable.Repeat(0, right).Concat(Enumerable.Repeat(1, wrong));

    /// <summary>Folds whose heads predict the first class for every image, with logits 2 and 0; a third class is improbable.</summary>
    private static (LabeledBottlenecks Data, TrainedFold[] Folds) Folds(int[][] labels)
    {
        int[] all = [.. labels.SelectMany(l => l)];
        var data = new LabeledBottlenecks(new BottleneckMatrix(all.Length, 1, new float[all.Length]), all, ["a", "b", "c"]);
        var head = new LinearHead(3, 1, new float[3], new float[3]);
        var folds = new List<TrainedFold>();
        foreach (int[] part in labels)
        {
            int start = folds.Sum(f => f.HeldOut.Length);
            float[] logits = [.. part.SelectMany(_ => new float[] { 2, 0, -100 })];
            var fold = new CrossValidationFold
            {
                Repeat = 0,
                Number = folds.Count,
                TrainImages = all.Length - part.Length,
                Metrics = ClassificationMetrics.Compute(data.ClassNames, part, HeadPrediction.Probabilities(logits, 3, 1)),
                L2 = null,
            };
            folds.Add(new TrainedFold(fold, head, [.. Enumerable.Range(start, part.Length)], logits));
        }

        return (data, [.. folds]);
    }
}
