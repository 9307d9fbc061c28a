namespace TransferLearning.Evaluation;

/// <summary>
/// The calibration of a model: of its predictions at 80 %, about 80 % are right. All logits are divided by one temperature, fitted on
/// images that the head was not trained on (Guo et al., "On calibration of modern neural networks", 2017): the validation images, or in a
/// cross-validation the images that each fold held out.
/// </summary>
/// <remarks>
/// Immutable; thread-safe. The most probable class of an image does not change, except where the heads of an ensemble disagree.
/// </remarks>
/// <param name="Temperature">
/// Above 1 if the head was overconfident, below 1 if it was underconfident; 1 if it made too few mistakes on those images to fit a
/// temperature. It is part of the model's head, so that every runtime gives the same probabilities.
/// </param>
/// <param name="ErrorBefore">The expected calibration error on those images at temperature 1, 0..1.</param>
/// <param name="ErrorAfter">
/// The same with the temperature. With few images both are noisy. On validation images it is slightly too low, as the temperature was
/// fitted on them; in a cross-validation each fold is evaluated at the temperature fitted on the other folds.
/// </param>
public sealed record Calibration(double Temperature, double ErrorBefore, double ErrorAfter);
