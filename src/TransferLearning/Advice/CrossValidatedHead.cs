namespace TransferLearning.Advice;

/// <summary>The figures of heads on the images held out from them, over all folds. Immutable.</summary>
/// <param name="TrainImages">The number of training images, the mean over the folds.</param>
/// <param name="Accuracy">The share of held-out images that are classified correctly, 0..1.</param>
/// <param name="LogLoss">The mean log loss of the held-out images, in nats.</param>
internal sealed record CrossValidatedHead(double TrainImages, double Accuracy, double LogLoss);
