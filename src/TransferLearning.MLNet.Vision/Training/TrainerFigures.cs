namespace TransferLearning.MLNet.Vision.Training;

/// <summary>Figures that the trainer reports twice per epoch: for its training steps, then for the validation file.</summary>
/// <param name="Epoch">The number of the epoch, from 0.</param>
/// <param name="IsValidation">True for the figures of the validation file, with the weights at the end of the epoch.</param>
/// <param name="Accuracy">The mean accuracy over batches, 0..1.</param>
/// <param name="CrossEntropy">The mean cross-entropy over batches, in nats.</param>
internal readonly record struct TrainerFigures(int Epoch, bool IsValidation, double Accuracy, double CrossEntropy);
