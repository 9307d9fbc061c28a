using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TransferLearning.Models;

namespace TransferLearning.Samples;

/// <summary>Moves each image that arrives in the inbox to the folder of its class.</summary>
internal sealed partial class ImageSorter(TransferModel model, Inbox inbox, SortedFolder sorted, ILogger<ImageSorter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Looks into the inbox once per second: notifications of file systems get lost on network drives and under load.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            foreach (string path in inbox.TakeCompleteFiles())
            {
                stoppingToken.ThrowIfCancellationRequested();
                Sort(path);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Sort(string path)
    {
        try
        {
            sorted.Move(path, FolderOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The image stays in the inbox; the next look tries again.
            LogNotMoved(Path.GetFileName(path), e.Message);
        }
    }

    private string FolderOf(string path)
    {
        try
        {
            Prediction prediction = model.Predict(path);
            string folder = prediction.IsUnknown ? SortedFolder.Unknown : prediction.Label;
            LogSorted(Path.GetFileName(path), folder, prediction.Probability);
            return folder;
        }
        catch (TransferLearningException e)
        {
            LogUnreadable(Path.GetFileName(path), e.Message);
            return SortedFolder.Unreadable;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Image}: {Folder} ({Probability:P1})")]
    private partial void LogSorted(string image, string folder, float probability);

    [LoggerMessage(LogLevel.Warning, "{Image}: {Reason}")]
    private partial void LogUnreadable(string image, string reason);

    [LoggerMessage(LogLevel.Error, "{Image} cannot be moved: {Reason}")]
    private partial void LogNotMoved(string image, string reason);
}
