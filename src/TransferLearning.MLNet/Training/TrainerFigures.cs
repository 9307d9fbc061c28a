namespace TransferLearning.MLNet.Training;

/// <summary>What the trainer says of an epoch, twice: of its own steps, then of the validation file.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="IsValidation">Of the validation file, with the epoch's last weights.</param>
/// <param name="Accuracy">0..1, the mean over batches.</param>
/// <param name="CrossEntropy">In nats, the mean over batches.</param>
internal readonly record struct TrainerFigures(int Epoch, bool IsValidation, double Accuracy, double CrossEntropy);
