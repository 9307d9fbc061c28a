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
    /// Fits the temperature. It stays 1 without predictions to fit it on, where almost none or all of them are mistakes, and where a
    /// temperature would make more of them.
    /// </summary>
    /// <param name="head">The trained head, or several.</param>
    /// <param name="heldOut">What the temperature is fitted on: predictions for training images by heads that had not learned from them;
    /// null for none.</param>
    /// <param name="validation">The rows that the figures are about, over the same classes. They choose nothing.</param>
    /// <param name="before">How the head does on <paramref name="validation"/>.</param>
    /// <param name="threads">At least 1.</param>
    public static HeadCalibration Of(
        CombinedHead head, LabeledLogits? heldOut, LabeledBottlenecks validation, ClassificationMetrics before, int threads)
    {
        double error = before.ExpectedCalibrationError;
        double temperature = heldOut is null ? 1 : TemperatureScaling.FitOrDefault([heldOut]);

        // Where the heads of an ensemble disagree, a temperature may change which class has the highest mean.
        if (heldOut is null || temperature == 1 || heldOut.Divide(temperature).Right < heldOut.Right)
        {
            return new HeadCalibration(head, head.Probabilities(validation.Bottlenecks, threads), new Calibration(1, error, error));
        }

        CombinedHead scaled = head.Divide(temperature);
        float[] probabilities = scaled.Probabilities(validation.Bottlenecks, threads);
        var after = ClassificationMetrics.Compute(validation.ClassNames, validation.Labels, probabilities);
        return new HeadCalibration(scaled, probabilities, new Calibration(temperature, error, after.ExpectedCalibrationError));
    }

    /// <summary>Predictions for training rows, with their labels.</summary>
    /// <param name="predictions">Null for none.</param>
    /// <param name="training">The rows.</param>
    public static LabeledLogits? Label(HeldOutPredictions? predictions, LabeledBottlenecks training) => predictions is null
        ? null
        : new LabeledLogits([predictions.Logits], Array.ConvertAll(predictions.Rows, r => training.Labels[r]));
}
