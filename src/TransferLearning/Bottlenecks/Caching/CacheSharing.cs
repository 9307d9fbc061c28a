namespace TransferLearning.Bottlenecks.Caching;

/// <summary>What a run knows of other processes that compute features for the same file at the same time. Thread-safe.</summary>
internal sealed class CacheSharing(TimeProvider time)
{
    private const int MaxProcesses = 64;

    // Longer than eight processes on one core take for a group of images.
    private static readonly TimeSpan ActiveTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _found;
    private long _lastFound;
    private bool _hasOverlapped;

    /// <summary>Whether another process has appended features since this run began.</summary>
    public bool IsShared => Interlocked.Read(ref _found) > 0;

    /// <summary>Whether another process has appended features in the last seconds.</summary>
    public bool AreOthersActive
    {
        get
        {
            lock (_gate)
            {
                return _found > 0 && time.GetElapsedTime(_lastFound) < ActiveTime;
            }
        }
    }

    /// <summary>Notes features that others have appended, and those of this run that others had appended before it.</summary>
    public void Note(int found, int leftOut)
    {
        lock (_gate)
        {
            _hasOverlapped |= leftOut > 0;
            if (found > 0)
            {
                _found += found;
                _lastFound = time.GetTimestamp();
            }
        }
    }

    /// <summary>Whether this run has computed what another one computed at the same time, since this was last asked.</summary>
    public bool TakeOverlap()
    {
        lock (_gate)
        {
            bool overlap = _hasOverlapped;
            _hasOverlapped = false;
            return overlap;
        }
    }

    /// <summary>An estimate of the number of processes, with this one, by what each has computed.</summary>
    /// <param name="own">The number of features that this run has computed.</param>
    public int Processes(int own)
    {
        lock (_gate)
        {
            return _found == 0 ? 1 : (int)Math.Min(MaxProcesses, 1 + ((_found + own) / Math.Max(1, own)));
        }
    }
}
