namespace TransferLearning.Advice;

/// <summary>The accuracy reached with a number of training images.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="TrainImages">The number of training images, the mean over the folds.</param>
/// <param name="Accuracy">The share of held-out images that were classified correctly, 0..1.</param>
public sealed record LearningCurvePoint(double TrainImages, double Accuracy);
