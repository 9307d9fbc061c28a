using TransferLearning.Hosting.Telemetry;

namespace TransferLearning.Hosting.Batching;

/// <summary>
/// Limits the images of a model that wait and those that are computed at a time. It outlives a reload, so that both models together stay
/// within the limits. Thread-safe.
/// </summary>
internal sealed class PredictionGate : IDisposable
{
    private readonly string _model;
    private readonly int _maxQueued;
    private readonly ServingTelemetry _telemetry;
    private readonly SemaphoreSlim _slots;
    private int _queued;

    public PredictionGate(string model, int threads, int maxQueued, ServingTelemetry telemetry)
    {
        (_model, Threads, _maxQueued, _telemetry) = (model, threads, maxQueued, telemetry);
        _slots = new SemaphoreSlim(threads);
    }

    /// <summary>The number of images that are computed, or decoded for a batch, at a time.</summary>
    public int Threads { get; }

    /// <summary>Refuses a request before its body is read.</summary>
    /// <exception cref="ModelQueueFullException">Too many images wait already.</exception>
    public void ThrowIfFull()
    {
        if (Volatile.Read(ref _queued) >= _maxQueued)
        {
            throw new ModelQueueFullException(_model, _maxQueued);
        }
    }

    /// <summary>Adds an image to those that wait; each then leaves once.</summary>
    /// <exception cref="ModelQueueFullException">Too many images wait already.</exception>
    public void Enter()
    {
        if (Interlocked.Increment(ref _queued) > _maxQueued)
        {
            Interlocked.Decrement(ref _queued);
            throw new ModelQueueFullException(_model, _maxQueued);
        }

        _telemetry.Queued(_model, 1);
    }

    /// <summary>Takes images off those that wait.</summary>
    public void Leave(int images = 1)
    {
        Interlocked.Add(ref _queued, -images);
        _telemetry.Queued(_model, -images);
    }

    /// <summary>Waits for one of the <see cref="Threads"/>, which <see cref="ReturnSlot"/> gives back.</summary>
    public Task TakeSlotAsync(CancellationToken cancellationToken) => _slots.WaitAsync(cancellationToken);

    public void ReturnSlot() => _slots.Release();

    public void Dispose() => _slots.Dispose();
}
