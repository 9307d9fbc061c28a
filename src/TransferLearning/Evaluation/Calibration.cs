namespace TransferLearning.Evaluation;

/// <summary>
/// The calibration of a model: of its predictions at 80 %, about 80 % are right. All logits are divided by one temperature (Guo et al., "On
/// calibration of modern neural networks", 2017). It is fitted on the training images, each predicted by a head that had not learned from
/// it: those of inner folds, or in a cross-validation those of its folds.
/// </summary>
/// <remarks>
/// Immutable; thread-safe. The most probable class of an image does not change, except where the heads of an ensemble disagree.
/// </remarks>
/// <param name="Temperature">
/// Above 1 if the heads were overconfident, below 1 if they were underconfident; 1 if they made too few mistakes to fit a temperature, or
/// there were too few images for inner folds. It is part of the model's head, so that every runtime gives the same probabilities.
/// </param>
/// <param name="ErrorBefore">
/// The expected calibration error at temperature 1, 0..1: on the validation images, or in a cross-validation on all images.
/// </param>
/// <param name="ErrorAfter">
/// The same with the temperature. With few images both are noisy. No image is evaluated at a temperature that was fitted on it: in a
/// cross-validation, each fold is evaluated at the temperature fitted on the other folds.
/// </param>
public sealed record Calibration(double Temperature, double ErrorBefore, double ErrorAfter);
