using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>A head with its temperature folded in, and how it does. Immutable.</summary>
/// <param name="Head">The logits of the head that was given, over the temperature.</param>
/// <param name="Probabilities">[images, classes], of the validation images, with the temperature.</param>
/// <param name="Calibration">The temperature, and what it changed.</param>
internal sealed record HeadCalibration(CombinedHead Head, float[] Probabilities, Calibration Calibration)
{
    /// <summary>Fits the temperature; a head that makes hardly a mistake, or nothing but mistakes, stays as it is, and so does
    /// one that it would cost accuracy.</summary>
    /// <param name="head">The trained head, or several.</param>
    /// <param name="fitting">What the temperature is fitted on: what the head was not trained on, over the same classes.</param>
    /// <param name="validation">The images that the figures are about, likewise.</param>
    /// <param name="before">How the head does on them.</param>
    /// <param name="threads">0 for one a processor.</param>
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

            // Heads of an ensemble that disagree may change which class has the highest mean.
            if (after.Accuracy >= before.Accuracy)
            {
                return new HeadCalibration(scaled, probabilities, new Calibration(temperature, error, after.ExpectedCalibrationError));
            }
        }

        return new HeadCalibration(head, head.Probabilities(validation.Bottlenecks, threads), new Calibration(1, error, error));
    }
}
