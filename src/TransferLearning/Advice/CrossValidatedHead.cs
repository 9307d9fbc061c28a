namespace TransferLearning.Advice;

/// <summary>How a head does on images that it did not learn from, over all folds. Immutable.</summary>
/// <param name="TrainImages">The mean number of images learned from.</param>
/// <param name="Accuracy">0..1.</param>
/// <param name="LogLoss">Nats.</param>
internal sealed record CrossValidatedHead(double TrainImages, double Accuracy, double LogLoss);
