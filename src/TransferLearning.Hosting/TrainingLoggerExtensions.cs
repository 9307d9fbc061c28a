using Microsoft.Extensions.Logging;
using TransferLearning.Heads;
using TransferLearning.Hosting.Telemetry;

namespace TransferLearning.Hosting;

/// <summary>Writes the progress of training to a log.</summary>
/// <remarks>Thread-safe.</remarks>
public static class TrainingLoggerExtensions
{
    /// <summary>
    /// The receiver of a pipeline's progress that logs when a stage begins, each tenth of it, and each epoch of the training of a network,
    /// as information with the event ids 11 and 12.
    /// </summary>
    /// <param name="logger">Where the messages go.</param>
    /// <returns>The receiver, for one run.</returns>
    /// <example><code>
    /// static async Task TrainAsync(Microsoft.Extensions.Logging.ILogger logger, CancellationToken cancellation)
    /// {
    ///     FineTuningResult result = await TransferPipeline.FineTune("photos/").FitAsync(logger.ToTrainingProgress(), cancellation);
    ///     result.Model.Save("flowers.onnx");
    /// }
    /// </code></example>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    public static IProgress<TransferProgress> ToTrainingProgress(this ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return TrainingProgress.To(value => Log(logger, value));
    }

    private static void Log(ILogger logger, TransferProgress value)
    {
        if (value.Epoch is { } epoch)
        {
            double? accuracy = epoch.HeldOutAccuracy ?? epoch.ValidationAccuracy;
            TrainingLog.Epoch(logger, value.Stage, value.Data, epoch.Epoch, epoch.Epochs, epoch.TrainingLoss, accuracy);
        }
        else
        {
            TrainingLog.Progress(logger, value.Stage, value.Data, value.Done, value.Total);
        }
    }
}
