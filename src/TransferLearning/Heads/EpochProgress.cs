namespace TransferLearning.Heads;

/// <summary>The figures of a finished epoch of training.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Epoch">From 1. For L-BFGS, an iteration over all images.</param>
/// <param name="Epochs">The number of epochs, where it was chosen; else the maximum: training may stop earlier.</param>
/// <param name="TrainingLoss">
/// The mean cross-entropy over the training images (nats), with class weights and label smoothing, without the L2 penalty.
/// </param>
/// <param name="ValidationLoss">The mean log loss over the validation images (nats), which chooses nothing; null without validation
/// images.</param>
/// <param name="ValidationAccuracy">
/// The share of validation images whose most probable class is right, 0..1; null without validation images.
/// </param>
public sealed record EpochProgress(int Epoch, int Epochs, double TrainingLoss, double? ValidationLoss, double? ValidationAccuracy)
{
    /// <summary>
    /// The share of training images whose most probable class is right, 0..1; null where the retrainer does not report it.
    /// </summary>
    public double? TrainingAccuracy { get; init; }

    /// <summary>
    /// The mean log loss over the training images that were held out to choose the epoch (nats), at the temperature that suits them best;
    /// null where none were. Default: null.
    /// </summary>
    public double? HeldOutLoss { get; init; }

    /// <summary>
    /// The share of held-out training images whose most probable class is right, 0..1; null where none were. Default: null.
    /// </summary>
    public double? HeldOutAccuracy { get; init; }
}
