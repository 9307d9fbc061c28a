namespace TransferLearning.Tests.Tuning;

/// <summary>A clock that advances whenever it is read.</summary>
internal sealed class StridingTime(TimeSpan stride) : TimeProvider
{
    private long _reads;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ++_reads * stride.Ticks;
}
