using TransferLearning.Heads;
using TransferLearning.MLNet.Vision;

namespace TransferLearning.Cli.Options.Trainers;

/// <summary>ML.NET's trainer, in builds with <c>-p:MLNetVision=true</c>; other builds compile MLNetTrainer.Absent.cs.</summary>
internal static class MLNetTrainer
{
    /// <exception cref="TransferLearningException">No network file is given, or it is not one of the trainer's networks.</exception>
    public static IRetrainer Create(string option, string? backbone) => backbone is null
        ? throw new TransferLearningException(
            $"{option} mlnet needs one of ML.NET's networks: give its file, such as mobilenet_v2.meta, with --backbone")
        : new MLNetRetrainer(MLNetRetrainerOptions.For(backbone));
}
