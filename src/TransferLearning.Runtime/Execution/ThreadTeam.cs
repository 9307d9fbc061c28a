using System.Runtime.ExceptionServices;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// A fixed number of threads, the caller's included, that run one job together. A waiting thread spins, then yields, then sleeps: where
/// other programs use the cores too, a thread that stays awake may keep the one that it waits for from running. Runs one job at a time.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    // A few microseconds of spinning, then a few tenths of a millisecond of yielding: longer than threads usually wait between steps.
    private const int Spins = 10;
    private const int Yields = 300;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private readonly object _arrival = new();
    private Action<int>? _job;
    private volatile int _generation;
    private volatile bool _stopped;
    private int _sleeping;
    private int _waiting;
    private int _running;
    private int _arrived;
    private volatile int _phase;
    private ExceptionDispatchInfo? _failure;

    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Count = threads;
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int number = i + 1;
            _threads[i] = new Thread(() => Loop(number)) { IsBackground = true, Name = $"network {number}" };
            _threads[i].Start();
        }
    }

    /// <summary>The number of threads, the caller's included.</summary>
    public int Count { get; }

    /// <summary>
    /// Runs a job on every thread, with the thread's number, and returns when all are done. Throws the first exception again.
    /// </summary>
    public void Run(Action<int> job)
    {
        if (Count == 1)
        {
            job(0);
            return;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            _failure = null;
            _job = job;
            _arrived = 0;
            Volatile.Write(ref _running, Count);
            Interlocked.Increment(ref _generation);
            int sleeping = Volatile.Read(ref _sleeping);
            if (sleeping > 0)
            {
                _wake.Release(Count - 1);
            }

            Execute(0);
            Await(phase: null);
            _job = null;
            _failure?.Throw();
        }
    }

    /// <summary>Waits until every thread of the running job has called this.</summary>
    public void Barrier()
    {
        if (Count == 1)
        {
            return;
        }

        int phase = _phase;
        if (Interlocked.Increment(ref _arrived) == Count)
        {
            Volatile.Write(ref _arrived, 0);
            _phase = phase + 1;
            WakeWaiting();
            return;
        }

        Await(phase);
        if (_phase == phase)
        {
            throw new OperationCanceledException("another thread of the team has failed");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Interlocked.Increment(ref _generation);
            _wake.Release(Math.Max(1, Count));
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    private void Loop(int number)
    {
        int seen = 0;
        while (true)
        {
            var waiter = default(Waiter);
            while (_generation == seen && !waiter.IsExhausted)
            {
                waiter.Wait();
            }

            while (_generation == seen)
            {
                Interlocked.Increment(ref _sleeping);
                if (_generation == seen)
                {
                    _wake.Wait();
                }

                Interlocked.Decrement(ref _sleeping);
            }

            seen = _generation;
            if (_stopped)
            {
                return;
            }

            Execute(number);
        }
    }

    private void Execute(int number)
    {
        try
        {
            _job!(number);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }

        Interlocked.Decrement(ref _running);
        WakeWaiting();
    }

    /// <summary>Waits until a phase has ended or failed; without a phase, until the job has ended.</summary>
    private void Await(int? phase)
    {
        var waiter = default(Waiter);
        while (!HasEnded(phase) && !waiter.IsExhausted)
        {
            waiter.Wait();
        }

        if (HasEnded(phase))
        {
            return;
        }

        // No wake-up is lost: a thread that ends the phase looks for waiting threads after that, and this one looks at the phase again
        // after it is counted as waiting.
        Interlocked.Increment(ref _waiting);
        lock (_arrival)
        {
            while (!HasEnded(phase))
            {
                Monitor.Wait(_arrival);
            }
        }

        Interlocked.Decrement(ref _waiting);
    }

    private bool HasEnded(int? phase) =>
        phase is { } awaited ? _phase != awaited || Volatile.Read(ref _failure) is not null : Volatile.Read(ref _running) == 0;

    private void WakeWaiting()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) > 0)
        {
            lock (_arrival)
            {
                Monitor.PulseAll(_arrival);
            }
        }
    }

    /// <summary>Waits briefly: the first times it spins, after that it yields the core.</summary>
    private struct Waiter
    {
        private int _count;

        public readonly bool IsExhausted => _count >= Spins + Yields;

        public void Wait()
        {
            if (_count++ < Spins)
            {
                Thread.SpinWait(8);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
