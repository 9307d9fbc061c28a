namespace TransferLearning.Heads;

/// <summary>How one epoch of training ended. Immutable.</summary>
/// <param name="Epoch">From 1. For L-BFGS, an iteration over all images.</param>
/// <param name="Epochs">The largest number of epochs; training may stop before.</param>
/// <param name="TrainingLoss">Mean cross-entropy over the training images (nats), with class weights and label smoothing, without the L2
/// penalty.</param>
/// <param name="ValidationLoss">Mean log loss over the validation images (nats); null without validation images.</param>
/// <param name="ValidationAccuracy">0..1; null without validation images.</param>
public sealed record EpochProgress(int Epoch, int Epochs, double TrainingLoss, double? ValidationLoss, double? ValidationAccuracy)
{
    /// <summary>The share of training images whose most probable class is right, 0..1; null where the retrainer does not say.</summary>
    public double? TrainingAccuracy { get; init; }
}
