namespace TransferLearning.Tuning;

/// <summary>How far an epoch of the training of a network is. Immutable; thread-safe.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The largest number of epochs.</param>
/// <param name="Images">The number of images learned from in this epoch.</param>
/// <param name="TotalImages">The number of images of an epoch.</param>
/// <param name="Loss">The mean loss of these images (nats), with label smoothing.</param>
/// <param name="ImagesPerSecond">The speed of this epoch.</param>
/// <param name="Remaining">The time that all epochs will still take at this speed, without early stopping.</param>
public sealed record NetworkTrainingProgress(
    int Epoch, int Epochs, int Images, int TotalImages, double Loss, double ImagesPerSecond, TimeSpan Remaining);
