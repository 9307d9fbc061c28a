using System.Runtime.ExceptionServices;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Shares the loops of a step among the threads of a team: one thread computes the step, and the others take parts of its loops. Which
/// thread computes a part makes no difference to its result.
/// </summary>
internal sealed class SharedWork(ThreadTeam team) : IStepTeam, IWorkDivision
{
    // The time between two loops of a step is mostly shorter than these waits take, some hundredths of a millisecond.
    private const int MaxSpins = 100;

    private readonly object _arrival = new();
    private volatile Loop? _loop;
    private volatile bool _isOpen;
    private int _sleeping;

    public int Threads => team.Count;

    public void Share(int part, Action<IWorkDivision> compute)
    {
        if (part == 0)
        {
            _isOpen = true;
        }

        team.Barrier();
        if (part != 0)
        {
            Help();
            return;
        }

        try
        {
            compute(this);
        }
        finally
        {
            _isOpen = false;
            _loop = null;
            Wake();
        }
    }

    public void Run(int parts, Action<int> body)
    {
        var loop = new Loop(parts, body);
        _loop = loop;
        Wake();
        loop.Work();
        loop.Await();
    }

    /// <summary>Takes parts of the loops until the step has ended.</summary>
    private void Help()
    {
        Loop? done = null;
        int spins = 0;
        while (_isOpen)
        {
            Loop? loop = _loop;
            if (loop is not null && loop != done)
            {
                loop.Work();
                (done, spins) = (loop, 0);
            }
            else if (spins++ < MaxSpins)
            {
                Thread.Yield();
            }
            else
            {
                Sleep(done);
            }
        }
    }

    private void Sleep(Loop? done)
    {
        // No wake-up is lost: who starts a loop or ends the step looks for sleeping threads after that, and this one looks at both again
        // after it is counted as sleeping.
        Interlocked.Increment(ref _sleeping);
        lock (_arrival)
        {
            while (_isOpen && (_loop is null || _loop == done))
            {
                Monitor.Wait(_arrival);
            }
        }

        Interlocked.Decrement(ref _sleeping);
    }

    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) > 0)
        {
            lock (_arrival)
            {
                Monitor.PulseAll(_arrival);
            }
        }
    }

    /// <summary>A loop whose parts threads take one by one.</summary>
    private sealed class Loop(int parts, Action<int> body)
    {
        private int _next;
        private int _done;
        private ExceptionDispatchInfo? _failure;

        /// <summary>Computes parts until none is left.</summary>
        public void Work()
        {
            for (int part = Interlocked.Increment(ref _next) - 1; part < parts; part = Interlocked.Increment(ref _next) - 1)
            {
                try
                {
                    body(part);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
                }

                Interlocked.Increment(ref _done);
            }
        }

        /// <summary>Waits until all parts have ended. Throws the first exception of any again.</summary>
        public void Await()
        {
            while (Volatile.Read(ref _done) < parts)
            {
                Thread.Yield();
            }

            Volatile.Read(ref _failure)?.Throw();
        }
    }
}
