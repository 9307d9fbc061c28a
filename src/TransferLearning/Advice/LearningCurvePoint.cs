namespace TransferLearning.Advice;

/// <summary>The accuracy that so many training images gave. Immutable.</summary>
/// <param name="TrainImages">The number of images learned from, the mean over the folds.</param>
/// <param name="Accuracy">The share of images of the held-out folds that were classified rightly, 0..1.</param>
public sealed record LearningCurvePoint(double TrainImages, double Accuracy);
