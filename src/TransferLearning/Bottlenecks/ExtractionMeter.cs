namespace TransferLearning.Bottlenecks;

/// <summary>Counts finished images and reports their number, at most ten times per second, in ascending order. Thread-safe.</summary>
internal sealed class ExtractionMeter(int total, IProgress<ExtractionProgress>? progress, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private int _done;
    private long _lastReport = time.GetTimestamp();

    public double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Adds to the number of images finished, usable or not.</summary>
    public void Add(int images)
    {
        if (images == 0)
        {
            return;
        }

        lock (_gate)
        {
            _done += images;
            if (progress is null || (_done < total && time.GetElapsedTime(_lastReport) < Pause))
            {
                return;
            }

            _lastReport = time.GetTimestamp();
            double seconds = Seconds;
            progress.Report(new ExtractionProgress(_done, total, seconds > 0 ? _done / seconds : 0));
        }
    }
}
