using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Inference;

namespace TransferLearning.Bottlenecks;

/// <summary>
/// The order in which a run computes images, so that processes that extract the same images at the same time share the work. Each begins at
/// an image of its own. Where it comes to images that another process has stored meanwhile, or has computed the same at the same time, it
/// continues at a random one of those that are left: close behind another process, both would compute the same. Thread-safe.
/// </summary>
/// <param name="images">The positions of the images in the data set.</param>
/// <param name="store">What other processes have stored.</param>
/// <param name="takeStored">Takes an image from the store; false where it is not there.</param>
/// <param name="threads">The number of threads that take images.</param>
/// <param name="time">Measures what looking for stored images costs.</param>
/// <param name="random">Chooses where to begin and to continue; no result depends on it.</param>
internal sealed class SharedWalk(
    int[] images, BottleneckStore store, Func<int, bool> takeStored, int threads, TimeProvider time, Random random) : IImageQueue
{
    /// <summary>
    /// The least number of groups per thread into which the images that are left are divided while others work: what is being computed is
    /// not stored yet, and another process may begin with it too.
    /// </summary>
    private const int GroupsWhenShared = 8;

    private const int GroupsAlone = 2;

    /// <summary>Looking at all images that are left may take a twentieth of the time.</summary>
    private const int SweepPause = 20;

    private readonly Lock _gate = new();
    private int[] _images = images;
    private bool[] _isTaken = new bool[images.Length];
    private int _left = images.Length;
    private int _position = images.Length == 0 ? 0 : random.Next(images.Length);
    private int _growth;
    private bool _isBehind;
    private long _lastSweep;
    private TimeSpan _sweepDuration;

    public int Count { get; } = images.Length;

    public int Take(Span<int> group)
    {
        lock (_gate)
        {
            bool isShared = store.Refresh();
            if (store.Sharing.TakeOverlap() || _isBehind)
            {
                Jump();
            }

            int size = NextSize(isShared, group.Length);
            int taken = 0;
            while (taken < size && _left > 0)
            {
                int image = Next();
                if (!isShared || !takeStored(image))
                {
                    group[taken++] = image;
                }
                else if (taken > 0)
                {
                    _isBehind = true;
                    break;
                }
                else
                {
                    Jump();
                }
            }

            return taken;
        }
    }

    /// <summary>
    /// Groups grow at the beginning, so that processes soon know of each other, and get smaller towards the end, so that all threads finish
    /// at the same time.
    /// </summary>
    private int NextSize(bool isShared, int largest)
    {
        _growth = Math.Min(largest, _growth + 1);
        int groups = (isShared ? GroupsWhenShared : GroupsAlone) * threads * store.Processes;
        return Math.Clamp(_left / groups, 1, _growth);
    }

    /// <summary>Notes that an image was found in the store after its file was read.</summary>
    public void MeetStored()
    {
        if (store.Sharing.IsShared)
        {
            lock (_gate)
            {
                _isBehind = true;
            }
        }
    }

    private int Next()
    {
        while (_isTaken[_position])
        {
            _position = (_position + 1) % _images.Length;
        }

        _isTaken[_position] = true;
        _left--;
        return _images[_position];
    }

    /// <summary>Continues at a random image of those that are left.</summary>
    private void Jump()
    {
        _isBehind = false;
        if (time.GetElapsedTime(_lastSweep) >= _sweepDuration * SweepPause)
        {
            Sweep();
        }

        if (_left > 0)
        {
            _position = random.Next(_images.Length);
        }
    }

    /// <summary>Takes all images that are in the store, and keeps the list of the others.</summary>
    private void Sweep()
    {
        long start = time.GetTimestamp();
        int[] left = [.. _images.Where((image, i) => !_isTaken[i] && !takeStored(image))];
        (_images, _isTaken, _left) = (left, new bool[left.Length], left.Length);
        _lastSweep = time.GetTimestamp();
        _sweepDuration = time.GetElapsedTime(start, _lastSweep);
    }
}
