using Microsoft.Extensions.Logging;

namespace TransferLearning.Hosting.Telemetry;

/// <summary>What is logged about models. The event ids do not change between versions.</summary>
internal static partial class ModelLog
{
    /// <summary>The category of all messages.</summary>
    public const string Category = "TransferLearning.Hosting";

    [LoggerMessage(
        1, LogLevel.Information, "The model '{Model}' is loaded from '{File}' in {Milliseconds} ms: {Classes} classes.",
        EventName = "ModelLoaded")]
    public static partial void Loaded(ILogger logger, string model, string file, long milliseconds, int classes);

    [LoggerMessage(
        2, LogLevel.Information, "The model '{Model}' is reloaded from '{File}' in {Milliseconds} ms: {Classes} classes.",
        EventName = "ModelReloaded")]
    public static partial void Reloaded(ILogger logger, string model, string file, long milliseconds, int classes);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "The file of the model '{Model}' has changed, but cannot be loaded: {Reason}. The old model stays; the file is tried again.",
        EventName = "ModelReloadFailed")]
    public static partial void ReloadFailed(ILogger logger, string model, string reason);

    [LoggerMessage(
        4, LogLevel.Debug, "The changed file of the model '{Model}' still cannot be loaded: {Reason}.",
        EventName = "ModelReloadFailedAgain")]
    public static partial void ReloadFailedAgain(ILogger logger, string model, string reason);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "The reloaded model '{Model}' has other classes: {Labels}. Before, they were: {LabelsBefore}.",
        EventName = "ModelLabelsChanged")]
    public static partial void LabelsChanged(ILogger logger, string model, string labels, string labelsBefore);

    [LoggerMessage(
        6, LogLevel.Debug, "The model '{Model}' of {Time:O} is disposed of: its last prediction has ended.", EventName = "ModelDisposed")]
    public static partial void Disposed(ILogger logger, string model, DateTimeOffset time);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "The folder of the file '{File}' cannot be watched: {Reason}. Changes are found by looking every {Interval}.",
        EventName = "ModelFileNotWatched")]
    public static partial void NotWatched(ILogger logger, string file, string reason, TimeSpan interval);

    [LoggerMessage(8, LogLevel.Error, "The model '{Model}' failed to predict an image.", EventName = "PredictionFailed")]
    public static partial void PredictionFailed(ILogger logger, Exception exception, string model);

    [LoggerMessage(
        9, LogLevel.Debug, "The model '{Model}' refused an image: {Reason}.", EventName = "ImageRefused")]
    public static partial void ImageRefused(ILogger logger, string model, string reason);

    [LoggerMessage(10, LogLevel.Warning, "A request was refused: {Reason}.", EventName = "QueueFull")]
    public static partial void QueueFull(ILogger logger, string reason);
}
