namespace TransferLearning.Evaluation;

/// <summary>
/// How a model's probabilities were made as sure as they are right: all logits divided by one temperature, fitted on images that the head
/// was not trained on (Guo et al., "On calibration of modern neural networks", 2017): the validation images, or in a cross-validation the
/// images that each fold held out. Which class is most probable does not change, but for images on which the heads of an ensemble
/// disagree. Immutable.
/// </summary>
/// <param name="Temperature">Above 1 where the head was too sure, below 1 where it was not sure enough; 1 where too little went wrong on
/// those images to tell. It is part of the model's head, so that every runtime gives the same probabilities.</param>
/// <param name="ErrorBefore">The expected calibration error on those images at temperature 1, 0..1.</param>
/// <param name="ErrorAfter">The same with the temperature. With few images both are noisy. On validation images it is slightly too low, as
/// the temperature was fitted on them; in a cross-validation each fold is judged at the temperature that the other folds give.</param>
public sealed record Calibration(double Temperature, double ErrorBefore, double ErrorAfter);
