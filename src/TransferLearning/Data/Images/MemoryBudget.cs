namespace TransferLearning.Data.Images;

/// <summary>
/// Memory that several threads share. A thread waits until what it needs is free, in the order of the requests, so that a large image is
/// not passed over for ever. Thread-safe.
/// </summary>
/// <remarks>
/// A thread must hold one reservation at most, or threads may wait for each other. What was reserved before is garbage that still takes
/// memory: it is collected when it and what is reserved exceed the budget, as .NET waits longer on a machine with much memory.
/// </remarks>
internal sealed class MemoryBudget
{
    private readonly object _gate = new();
    private readonly LinkedList<long> _waiting = new();
    private readonly long _total;
    private long _free;
    private long _peak;
    private long _garbage;

    /// <param name="bytes">The memory, in bytes, at least 1.</param>
    public MemoryBudget(long bytes) => (_total, _free) = (bytes, bytes);

    /// <summary>The most memory that was reserved at a time.</summary>
    public long Peak
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    /// <summary>Reserves memory, and waits for it.</summary>
    /// <param name="needed">The memory, in bytes; more than there is reserves all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The reservation, which ends when it is disposed of.</returns>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public MemoryReservation Reserve(long needed, CancellationToken cancellationToken)
    {
        long taken = Math.Clamp(needed, 0, _total);
        using CancellationTokenRegistration wake = cancellationToken.Register(Wake);
        bool collects;
        lock (_gate)
        {
            LinkedListNode<long> place = _waiting.AddLast(taken);
            while (_waiting.First != place || _free < taken)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    _waiting.Remove(place);
                    Monitor.PulseAll(_gate);
                    throw new OperationCanceledException(cancellationToken);
                }

                Monitor.Wait(_gate);
            }

            _waiting.RemoveFirst();
            _free -= taken;
            _peak = Math.Max(_peak, _total - _free);
            collects = _garbage > _free;
            _garbage = collects ? 0 : _garbage;
            Monitor.PulseAll(_gate);
        }

        if (collects)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        }

        return new MemoryReservation(this, taken);
    }

    public void Release(long taken)
    {
        lock (_gate)
        {
            _free += taken;
            _garbage += taken;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
