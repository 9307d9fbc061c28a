using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TransferLearning.Hosting.Batching;
using TransferLearning.Hosting.Files;
using TransferLearning.Hosting.Telemetry;
using TransferLearning.Models;
using TransferLearning.Models.Predictions;

namespace TransferLearning.Hosting.Serving;

/// <summary>One of the models of a service: loads it once, predicts with it, and replaces it when its file changes. Thread-safe.</summary>
internal sealed class ServedModel : IAsyncDisposable
{
    private readonly TransferModelOptions _options;
    private readonly ServingTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly PredictionGate _gate;
    private readonly ModelLoader _loader;
    private readonly SemaphoreSlim _loading = new(1);
    private readonly CancellationTokenSource _end = new();
    private LoadedModel? _current;
    private Task? _reloading;
    private bool _isDisposed;

    public ServedModel(string name, TransferModelOptions options, ServingTelemetry telemetry, ILogger logger, TimeProvider time)
    {
        (Name, _options, _telemetry, _logger, _time) = (name, options, telemetry, logger, time);
        int threads = options.Threads == 0 ? Environment.ProcessorCount : Math.Min(options.Threads, Environment.ProcessorCount);
        _gate = new PredictionGate(name, threads, options.MaxQueued, telemetry);
        _loader = new ModelLoader(name, options, _gate, telemetry, logger, time);
    }

    public string Name { get; }

    /// <summary>The model's file.</summary>
    public string File => _options.File;

    /// <summary>Why the file, which has changed, cannot be loaded; null where the model is that of the file.</summary>
    public string? ReloadFailure { get; private set; }

    /// <summary>The model; null before it is loaded.</summary>
    public ModelLease? TryRent()
    {
        while (Volatile.Read(ref _current) is { } loaded)
        {
            // A model that was replaced between the two has its successor in its place.
            if (loaded.TryRent())
            {
                return new ModelLease(Name, loaded);
            }
        }

        return null;
    }

    /// <summary>The model, which is loaded first where it is not yet.</summary>
    /// <exception cref="TransferLearningException">The model cannot be loaded.</exception>
    public async ValueTask<ModelLease> RentAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(IModelProvider));
        if (TryRent() is { } lease)
        {
            return lease;
        }

        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IModelProvider));
            if (_current is null)
            {
                await LoadAsync(cancellationToken).ConfigureAwait(false);
            }

            return TryRent()!;
        }
        finally
        {
            _loading.Release();
        }
    }

    public async Task<Prediction> PredictAsync(Stream image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        long start = _time.GetTimestamp();
        using Activity? activity = _telemetry.StartPrediction(Name);
        try
        {
            using ModelLease lease = await RentAsync(cancellationToken).ConfigureAwait(false);
            _gate.ThrowIfFull();
            using ImageContent content =
                await ImageContent.ReadAsync(image, lease.Model.StreamLimits, cancellationToken).ConfigureAwait(false);
            Prediction prediction = await lease.Loaded.Runs.PredictAsync(content, cancellationToken).ConfigureAwait(false);
            _telemetry.Predicted(Name, prediction, _time.GetElapsedTime(start), activity);
            return prediction;
        }
        catch (Exception e)
        {
            _telemetry.Failed(Name, e, _time.GetElapsedTime(start), activity);
            Log(e);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _loading.WaitAsync().ConfigureAwait(false);
        _isDisposed = true;
        _loading.Release();
        if (_reloading is { } reloading)
        {
            await reloading.ConfigureAwait(false);
        }

        // Predictions that still run keep it until they end.
        Interlocked.Exchange(ref _current, null)?.Return();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        LoadedModel loaded = await Task.Run(() => _loader.LoadAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _current, loaded);
        ModelLog.Loaded(_logger, Name, File, Milliseconds(start), loaded.Model.Labels.Count);
        if (_options.Reload is { } reload)
        {
            // Until the end of the service, not of the first request.
            _reloading = Task.Run(() => ReloadAsync(reload), CancellationToken.None);
        }
    }

    /// <summary>Reloads the model whenever its file has changed, until the end.</summary>
    private async Task ReloadAsync(ModelReload reload)
    {
        using var watch = new FileWatch(File, reload.PollInterval, _time, _logger);
        var attempts = new ReloadAttempts(reload.PollInterval, _time);
        try
        {
            while (true)
            {
                await watch.WaitAsync(reload.PollInterval, _end.Token).ConfigureAwait(false);
                FileStamp? stamp = FileStamp.Of(File);
                if (stamp == _current!.Stamp)
                {
                    // Nothing has changed, or the file from before is back.
                    ReloadFailure = null;
                    attempts.Clear();
                }
                else if (attempts.IsDue(stamp))
                {
                    await ReloadAsync(stamp, reload.SettleTime, attempts).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task ReloadAsync(FileStamp? stamp, TimeSpan settleTime, ReloadAttempts attempts)
    {
        FileStamp? before;
        do
        {
            before = stamp;
            await Task.Delay(settleTime, _time, _end.Token).ConfigureAwait(false);
            stamp = FileStamp.Of(File);
        }
        while (stamp != before);

        long start = _time.GetTimestamp();
        try
        {
            Replace(await _loader.LoadAsync(_end.Token).ConfigureAwait(false), start);
            attempts.Clear();
            _telemetry.Reloaded(Name, failure: null);
        }
        catch (Exception e) when (!_end.IsCancellationRequested)
        {
            // Whatever is wrong with the file must not end the service.
            ReloadFailure = e.Message;
            _telemetry.Reloaded(Name, e);
            if (attempts.Failed(stamp, e.Message))
            {
                ModelLog.ReloadFailed(_logger, Name, e.Message);
            }
            else
            {
                ModelLog.ReloadFailedAgain(_logger, Name, e.Message);
            }
        }
    }

    private void Replace(LoadedModel loaded, long start)
    {
        LoadedModel before = Interlocked.Exchange(ref _current, loaded)!;
        ReloadFailure = null;
        ModelLog.Reloaded(_logger, Name, File, Milliseconds(start), loaded.Model.Labels.Count);
        if (!loaded.Model.Labels.SequenceEqual(before.Model.Labels))
        {
            ModelLog.LabelsChanged(_logger, Name, string.Join(", ", loaded.Model.Labels), string.Join(", ", before.Model.Labels));
        }

        before.Return();
    }

    private long Milliseconds(long start) => (long)_time.GetElapsedTime(start).TotalMilliseconds;

    private void Log(Exception e)
    {
        switch (e)
        {
            case OperationCanceledException:
                break;
            case UnusableImageException:
                ModelLog.ImageRefused(_logger, Name, e.Message);
                break;
            case ModelQueueFullException:
                ModelLog.QueueFull(_logger, e.Message);
                break;
            default:
                ModelLog.PredictionFailed(_logger, e, Name);
                break;
        }
    }
}
