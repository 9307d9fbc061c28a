using Microsoft.Extensions.Logging;

namespace TransferLearning.Hosting.Telemetry;

/// <summary>
/// What is logged about trainings. The event ids do not change between versions; those of <see cref="ModelLog"/> are others.
/// </summary>
internal static partial class TrainingLog
{
    [LoggerMessage(11, LogLevel.Information, "{Stage} ({Data}): {Done} of {Total}.", EventName = "TrainingProgressed")]
    public static partial void Progress(ILogger logger, TransferStage stage, string data, int done, int total);

    [LoggerMessage(
        12,
        LogLevel.Information,
        "{Stage} ({Data}): epoch {Epoch} of {Epochs}, loss {Loss:0.000}, accuracy on images not trained on {Accuracy:0.000}.",
        EventName = "EpochTrained")]
    public static partial void Epoch(
        ILogger logger, TransferStage stage, string data, int epoch, int epochs, double loss, double? accuracy);
}
