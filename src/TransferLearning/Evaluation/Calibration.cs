namespace TransferLearning.Evaluation;

/// <summary>
/// How a model's probabilities were made as sure as they are right: all logits divided by one temperature, fitted on the validation images
/// (Guo et al., "On calibration of modern neural networks", 2017). Which class is most probable does not change. Immutable.
/// </summary>
/// <param name="Temperature">Above 1 where the head was too sure, below 1 where it was not sure enough; 1 where too little went wrong on
/// the validation images to tell. It is part of the model's head, so that every runtime gives the same probabilities.</param>
/// <param name="ErrorBefore">The expected calibration error on the validation images at temperature 1, 0..1.</param>
/// <param name="ErrorAfter">The same at the temperature. With few validation images both are noisy.</param>
public sealed record Calibration(double Temperature, double ErrorBefore, double ErrorAfter);
