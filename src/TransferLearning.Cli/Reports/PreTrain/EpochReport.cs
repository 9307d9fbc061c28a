using TransferLearning.Heads;

namespace TransferLearning.Cli.Reports.PreTrain;

/// <summary>The figures of an epoch in a JSON report. The names are part of the command's contract.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainingLoss">In nats, with label smoothing and the teacher's part.</param>
/// <param name="TrainingAccuracy">Of the views learned from; null where images were mixed.</param>
/// <param name="HeldOutLoss">In nats, of the training images that chose the epoch; null without them.</param>
/// <param name="HeldOutAccuracy">Of the same images.</param>
internal sealed record EpochReport(
    int Epoch, double TrainingLoss, double? TrainingAccuracy, double? HeldOutLoss, double? HeldOutAccuracy)
{
    public static EpochReport Of(EpochProgress epoch) =>
        new(epoch.Epoch, epoch.TrainingLoss, epoch.TrainingAccuracy, epoch.HeldOutLoss, epoch.HeldOutAccuracy);
}
