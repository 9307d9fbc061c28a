using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>A head with its temperature folded in, and how it does. Immutable.</summary>
/// <param name="Head">The logits of the head that was given, divided by the temperature.</param>
/// <param name="Probabilities">[images, classes], of the validation images, with the temperature.</param>
/// <param name="Calibration">The temperature, and what it changed.</param>
internal sealed record HeadCalibration(CombinedHead Head, float[] Probabilities, Calibration Calibration)
{
    /// <summary>
    /// Fits the temperature. It stays 1 where the head makes almost no mistake or nothing but mistakes, and where a temperature would lower
    /// the accuracy.
    /// </summary>
    /// <param name="head">The trained head, or several.</param>
    /// <param name="fitting">What the temperature is fitted on: rows that the head was not trained on, over the same classes.</param>
    /// <param name="validation">The rows that the figures are about, likewise.</param>
    /// <param name="before">How the head does on <paramref name="validation"/>.</param>
    /// <param name="threads">At least 1.</param>
    public static HeadCalibration Of(
        CombinedHead head, LabeledBottlenecks fitting, LabeledBottlenecks validation, ClassificationMetrics before, int threads)
    {
        double error = before.ExpectedCalibrationError;
        var logits = new LabeledLogits(head.Logits(fitting.Bottlenecks, threads), fitting.Labels.ToArray());
        double temperature = TemperatureScaling.FitOrDefault([logits]);
        if (temperature != 1)
        {
            CombinedHead scaled = head.Divide(temperature);
            float[] probabilities = scaled.Probabilities(validation.Bottlenecks, threads);
            var after = ClassificationMetrics.Compute(validation.ClassNames, validation.Labels, probabilities);

            // Where the heads of an ensemble disagree, a temperature may change which class has the highest mean.
            if (after.Accuracy >= before.Accuracy)
            {
                return new HeadCalibration(scaled, probabilities, new Calibration(temperature, error, after.ExpectedCalibrationError));
            }
        }

        return new HeadCalibration(head, head.Probabilities(validation.Bottlenecks, threads), new Calibration(1, error, error));
    }
}
