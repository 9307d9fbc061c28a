using Microsoft.Extensions.Logging;
using TransferLearning.Hosting.Telemetry;

namespace TransferLearning.Hosting.Files;

/// <summary>
/// Says when a file may have changed: by the notifications of the file system, and after an interval in any case. Thread-safe.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly FileSystemWatcher? _watcher;
    private readonly TimeProvider _time;

    public FileWatch(string path, TimeSpan pollInterval, TimeProvider time, ILogger logger)
    {
        _time = time;
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            _watcher = new FileSystemWatcher(folder, Path.GetFileName(path))
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            _watcher.Changed += Signal;
            _watcher.Created += Signal;
            _watcher.Renamed += Signal;
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            // Linux has limits on watches: the interval does without.
            _watcher?.Dispose();
            _watcher = null;
            ModelLog.NotWatched(logger, path, e.Message, pollInterval);
        }
    }

    /// <summary>Waits for a notification, or for the time.</summary>
    public async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(time, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _signal.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _signal.Dispose();
    }

    private void Signal(object sender, FileSystemEventArgs change)
    {
        try
        {
            _signal.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // A signal that nobody has taken yet says the same; after the end, nobody waits.
        }
    }
}
