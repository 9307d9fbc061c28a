using TransferLearning.Evaluation;
using TransferLearning.Retraining;

namespace TransferLearning.Strategies;

/// <summary>A head with its temperature folded in, and how it does. Immutable.</summary>
/// <param name="Head">The logits of the head that was given, over the temperature.</param>
/// <param name="Probabilities">[images, classes], of the validation images, with the temperature.</param>
/// <param name="Calibration">The temperature, and what it changed.</param>
internal sealed record HeadCalibration(LinearHead Head, float[] Probabilities, Calibration Calibration)
{
    // From fewer mistakes a temperature would be read off luck: with none, it would make every prediction certain.
    private const int FewestMistakes = 3;

    /// <summary>Fits the temperature; a head that makes hardly a mistake, or nothing but mistakes, stays as it is.</summary>
    /// <param name="head">The trained head.</param>
    /// <param name="fitting">What the temperature is fitted on: what the head was not trained on, over the same classes.</param>
    /// <param name="validation">The images that the figures are about, likewise.</param>
    /// <param name="before">How the head does on them.</param>
    /// <param name="threads">0 for one a processor.</param>
    public static HeadCalibration Of(
        LinearHead head, LabeledBottlenecks fitting, LabeledBottlenecks validation, ClassificationMetrics before, int threads)
    {
        double error = before.ExpectedCalibrationError;
        float[] logits = HeadPrediction.Logits(head, fitting.Bottlenecks, threads);
        int right = Enumerable.Range(0, fitting.Count)
            .Count(i => SoftmaxRows.Largest(logits.AsSpan(i * head.Classes), head.Classes) == fitting.Labels[i]);
        if (fitting.Count - right < FewestMistakes || right == 0)
        {
            float[] unchanged = HeadPrediction.Probabilities(head, validation.Bottlenecks, threads);
            return new HeadCalibration(head, unchanged, new Calibration(1, error, error));
        }

        double temperature = TemperatureScaling.Fit(logits, fitting.Labels);
        LinearHead scaled = Divide(head, temperature);
        float[] probabilities = HeadPrediction.Probabilities(scaled, validation.Bottlenecks, threads);
        ClassificationMetrics after = ClassificationMetrics.Compute(validation.ClassNames, validation.Labels, probabilities);
        return new HeadCalibration(scaled, probabilities, new Calibration(temperature, error, after.ExpectedCalibrationError));
    }

    private static LinearHead Divide(LinearHead head, double temperature)
    {
        float[] weights = Array.ConvertAll(head.Weights.ToArray(), w => (float)(w / temperature));
        float[] bias = Array.ConvertAll(head.Bias.ToArray(), b => (float)(b / temperature));
        return new LinearHead(head.Classes, head.FeatureSize, weights, bias);
    }
}
