namespace TransferLearning.Bottlenecks;

/// <summary>
/// Counts finished images, estimates how long the others take, and reports both, at most ten times per second, in ascending order.
/// Thread-safe.
/// </summary>
internal sealed class ExtractionMeter(int total, IProgress<ExtractionProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Long enough for a rate; the first images, during which kernels are compiled, are over before it is measured.
    private static readonly TimeSpan MinMeasured = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private int _done;
    private long _lastReport = time.GetTimestamp();
    private long? _measuredFrom;
    private int _doneBefore;

    /// <summary>The number of further views per image that are computed; 0 where the images themselves are.</summary>
    public int Views { get; init; }

    public double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Adds images that the cache has: before any is computed, or later those of another process.</summary>
    public void AddCached(int images)
    {
        lock (_gate)
        {
            Count(images);
        }
    }

    /// <summary>Adds to the number of images finished, usable or not.</summary>
    public void Add(int images)
    {
        lock (_gate)
        {
            Count(images);
            if (_measuredFrom is null && images > 0)
            {
                (_measuredFrom, _doneBefore) = (time.GetTimestamp(), _done);
            }
        }
    }

    private void Count(int images)
    {
        if (images == 0)
        {
            return;
        }

        _done += images;
        if (progress is null || (_done < total && time.GetElapsedTime(_lastReport) < Pause))
        {
            return;
        }

        _lastReport = time.GetTimestamp();
        double seconds = Seconds;
        progress.Report(new ExtractionProgress(_done, total, seconds > 0 ? _done / seconds : 0)
        {
            Remaining = Remaining(),
            Views = Views,
        });
    }

    /// <summary>Null until there is a rate. Images from the cache do not count towards it: they take next to no time.</summary>
    private TimeSpan? Remaining()
    {
        int measured = _done - _doneBefore;
        return _measuredFrom is { } from && measured > 0 && time.GetElapsedTime(from) is var elapsed && elapsed >= MinMeasured
            ? elapsed * ((double)(total - _done) / measured)
            : null;
    }
}
